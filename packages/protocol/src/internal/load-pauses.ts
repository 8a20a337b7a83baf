import type { RefreshingPolicy } from '../refreshing-options.js'

export interface LoadPausesInput extends Pick<RefreshingPolicy, 'minIntervalMs' | 'maxBackoffMs'> {
  readonly random: () => number
}

/** When a source may be asked again. Times are in milliseconds since the epoch. */
export interface LoadPauses {
  /** Failures in a row; 0 when the last load succeeded. */
  readonly failures: number
  readonly lastError: unknown
  /** When the next load may begin. */
  readonly allowedAt: number
  /** As `allowedAt`, for `getSince`. It is earlier, so that callers are not kept out long after the end of a long outage. */
  readonly newerAllowedAt: number
  /** How long until the next load may begin, in milliseconds; 0 if it may begin now. */
  leftMs(time: number): number
  /** As `leftMs`, for `getSince`. */
  newerLeftMs(time: number): number
  /** Whether loads have failed lately. An old failure, with no attempt since, says little about the present. */
  isFailing(time: number): boolean
  /** Records that a load begins. */
  begin(time: number): void
  succeed(): void
  fail(error: unknown, time: number): void
}

/**
 * Keeps loads at least `minIntervalMs` apart. After failures the pauses double, from `minIntervalMs` to `maxBackoffMs`, plus up to half
 * of that at random.
 */
export function createLoadPauses({ minIntervalMs, maxBackoffMs, random }: LoadPausesInput): LoadPauses {
  let failures = 0
  let lastError: unknown
  let allowedAt = 0
  let newerAllowedAt = 0
  /** When the retry after the last failure is due. Unlike `allowedAt`, it does not change when that retry begins. */
  let retryAt = 0

  return {
    get failures() {
      return failures
    },
    get lastError() {
      return lastError
    },
    get allowedAt() {
      return allowedAt
    },
    get newerAllowedAt() {
      return newerAllowedAt
    },
    leftMs: (time) => left(allowedAt, time),
    newerLeftMs: (time) => left(newerAllowedAt, time),
    isFailing: (time) => failures > 0 && time - retryAt < maxBackoffMs,
    begin(time) {
      allowedAt = newerAllowedAt = time + minIntervalMs
    },
    succeed() {
      failures = 0
      lastError = undefined
    },
    fail(error, time) {
      const pause = Math.min(maxBackoffMs, minIntervalMs * 2 ** failures)
      const jitter = 1 + random() / 2
      failures += 1
      lastError = error
      allowedAt = retryAt = time + pause * jitter
      newerAllowedAt = time + Math.min(pause, 10 * minIntervalMs) * jitter
    },
  }

  /** A pause longer than any that is ever set means that the clock was set back: it is over. */
  function left(until: number, time: number): number {
    const pause = until - time
    const longest = failures > 0 ? 2 * Math.max(maxBackoffMs, minIntervalMs) : minIntervalMs
    // NaN must not be a pause: only the next load would end it, and that would wait for it.
    return pause > 0 && pause <= longest ? pause : 0
  }
}
