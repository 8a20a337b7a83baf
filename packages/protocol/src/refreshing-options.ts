/**
 * When a value that comes from elsewhere is used, refreshed, and given up: one policy for every remote document that is
 * kept (a key set, server metadata). It makes no timer of its own: whoever asks for the value drives it.
 */
export interface RefreshingPolicy {
  /** How long a value is used without asking again, in milliseconds, when its source does not say. */
  ttlMs: number
  /** The bounds within which the source may say, in milliseconds. */
  minTtlMs: number
  maxTtlMs: number
  /** How long after its time a value stays usable while its source fails, in milliseconds. 0: not at all. */
  staleIfErrorMs: number
  /** The shortest time between two loads, and the first pause after a failure, in milliseconds. */
  minIntervalMs: number
  /** The longest pause after repeated failures, in milliseconds, before jitter. */
  maxBackoffMs: number
  /** After this long, a load that has not settled is given up, in milliseconds: its answer is ignored and another may start. */
  abandonAfterMs: number
}

/** The policy, where the value comes from, and the clock. */
export interface RefreshingOptions<T> extends RefreshingPolicy {
  /** Fetches the value. It is handed the previous one, so that it can ask whether that has changed. */
  load(previous: T | undefined): Promise<Loaded<T>>
  /** A value from an earlier run. It is used exactly as if it had been loaded then. */
  seed?: { value: T; loadedAt: number; expiresAt: number } | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** Waits. It may return late; if `now` has not moved by then, the wait counts as over all the same. */
  sleep: (milliseconds: number) => Promise<void>
  /** In [0, 1): spreads refreshes and retries of many processes. */
  random: () => number
}

/** What a load brings. */
export interface Loaded<T> {
  value: T
  /** What the source says of the value's life, in milliseconds; bounded by the policy. */
  maxAgeMs?: number | undefined
}
