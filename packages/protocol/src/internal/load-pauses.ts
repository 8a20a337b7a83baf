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
  /** As `allowedAt`, for those who ask for a newer value: a long outage must not keep them out long after its end. */
  readonly newerAllowedAt: number
  /** How long it is until the next load may begin; 0 for now. */
  leftMs(time: number): number
  /** As `leftMs`, for those who ask for a newer value. */
  newerLeftMs(time: number): number
  /** Whether loads fail nowadays: a failure of long ago, after which nobody asked, says little of now. */
  isFailing(time: number): boolean
  /** A load begins. */
  begin(time: number): void
  succeed(): void
  fail(error: unknown, time: number): void
}

/**
 * Keeps loads `minIntervalMs` apart, and after failures further: pauses double from there to `maxBackoffMs`, each up to half as long again
 * at random.
 */
export function createLoadPauses({ minIntervalMs, maxBackoffMs, random }: LoadPausesInput): LoadPauses {
  let failures = 0
  let lastError: unknown
  let allowedAt = 0
  let newerAllowedAt = 0
  /** When the retry after the last failure is due; unlike `allowedAt`, starting that retry does not move it. */
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

  /** A pause longer than any that is ever set means that the clock was set back. */
  function left(until: number, time: number): number {
    const pause = until - time
    const longest = failures > 0 ? 2 * Math.max(maxBackoffMs, minIntervalMs) : minIntervalMs
    // What is no number is no pause either: it would be over only with the next load, which would wait for it.
    return pause > 0 && pause <= longest ? pause : 0
  }
}
