/**
 * When a remote value is used, refreshed and dropped: one policy for every remote document that is cached (a key set, server
 * metadata). There is no timer: calls for the value drive it.
 */
export interface RefreshingPolicy {
  /** How long a value is fresh if its source does not say, in milliseconds. */
  ttlMs: number
  /** The shortest lifetime that the source may set, in milliseconds. */
  minTtlMs: number
  /** The longest lifetime that the source may set, in milliseconds. */
  maxTtlMs: number
  /** How long an expired value stays usable while its source fails, in milliseconds. 0: not at all. */
  staleIfErrorMs: number
  /** The shortest time between two loads, and the first pause after a failure, in milliseconds. */
  minIntervalMs: number
  /** The longest pause after repeated failures, in milliseconds, before jitter. */
  maxBackoffMs: number
  /** A load that takes longer than this, in milliseconds, is abandoned: its result is ignored, and another load may start. */
  abandonAfterMs: number
}

/** The policy, where the value comes from, and the clock. */
export interface RefreshingOptions<T> extends RefreshingPolicy {
  /** Loads the value. It gets the previous one, for a conditional request. */
  load(previous: T | undefined): Promise<Loaded<T>>
  /** A value from an earlier run, treated exactly as if it had been loaded then. Times are milliseconds since the epoch. */
  seed?: { value: T; loadedAt: number; expiresAt: number } | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** Waits. It may return late; when it returns, the wait is over even if `now` has not moved. */
  sleep: (milliseconds: number) => Promise<void>
  /** A number in [0, 1), to spread the refreshes and retries of many processes. */
  random: () => number
}

/** The result of a load. */
export interface Loaded<T> {
  value: T
  /** The lifetime that the source sets, in milliseconds, bounded by the policy. Default: `ttlMs`. */
  maxAgeMs?: number | undefined
}
