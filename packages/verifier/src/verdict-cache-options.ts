/** The bounds of what is kept of verified tokens. */
export interface VerdictCacheOptions {
  /** The tokens that are kept at most; then the one that was used least recently makes room. Default: 10,000. */
  maxEntries?: number | undefined
  /** The memory for them, in bytes as they are estimated from the length of each token. Default: 67,108,864 (64 MiB). */
  maxBytes?: number | undefined
}
