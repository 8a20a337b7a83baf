import { ClientError } from '../../client-error.js'

const firstPauseMs = 1000
const longestPauseMs = 30_000

/** The pauses between requests that fail. */
export interface Backoff {
  /** How long the pause is yet, in milliseconds; 0 for none. */
  leftMs(time: number): number
  /** Begins a pause after a failure, and says how long it is: what the server asked for counts up to `mostMs`. */
  fail(error: unknown, time: number, mostMs?: number): number
  /** What the last request failed with, as it is to be told during the pause: a `ClientError` says how long that is yet. */
  error(time: number): unknown
  /** Has the next pause begin anew. There is none then: nothing was asked in one. */
  succeed(): void
}

/**
 * Pauses that double from a second to 30, each up to half as long again at random, so that many processes do not come back at once; and never shorter than
 * the server has asked for (`Retry-After`).
 */
export function createBackoff(random: () => number): Backoff {
  let failures = 0
  let lastError: unknown
  let endsAt = 0
  const leftMs = (time: number): number => Math.max(0, endsAt - time)
  return {
    leftMs,
    fail(error, time, mostMs = Infinity) {
      const own = Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * (1 + random() / 2)
      const asked = error instanceof ClientError ? (error.retryAfterSeconds ?? 0) * 1000 * (1 + random() / 10) : 0
      failures += 1
      lastError = error
      endsAt = time + Math.max(own, Math.min(asked, mostMs))
      return endsAt - time
    },
    error(time) {
      if (!(lastError instanceof ClientError)) return lastError
      const { code, message, oauthError } = lastError
      const retryAfterSeconds = Math.max(1, Math.ceil(leftMs(time) / 1000))
      return new ClientError(code, message, { cause: lastError, oauthError, retryAfterSeconds })
    },
    succeed() {
      failures = 0
    },
  }
}
