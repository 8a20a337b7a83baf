/** The bounds of what is kept of verified tokens. */
export interface VerdictCacheOptions {
  /** The tokens that are kept at most; then the one that was used least recently makes room. Default: 10,000. */
  maxEntries?: number | undefined
  /**
   * The memory for them, in bytes. It is an estimate: for each token 512, two and a half for each of its characters, 64 for each object
   * and list in its claims, and 32 for each member and entry of these. That is more than common tokens take, and about what tokens of
   * many small objects do; claims whose names are all different, or numbers, can take half as much again. Default: 67,108,864 (64 MiB).
   */
  maxBytes?: number | undefined
}
