/** The bounds of the verdict cache. */
export interface VerdictCacheOptions {
  /** The maximum number of cached tokens; beyond it the least recently used is evicted. Default: 10,000. */
  maxEntries?: number | undefined
  /**
   * The memory for them, in bytes. It is an estimate: for each token, 512 plus 2.5 for each of its characters, plus 64 for each
   * object and list in its claims, plus 32 for each member and entry of these. Common tokens take less; tokens of many small
   * objects take about as much; claims whose names are all different, or numbers, can take half as much again. Default:
   * 67,108,864 (64 MiB).
   */
  maxBytes?: number | undefined
}
