import { MockIssuerError } from './mock-issuer-error.js'

/** The first and the last time that a `Date` can have are so far from the epoch. */
const maxMs = 8.64e15

/**
 * The issuer's clock: every time that it issues, checks or logs is read from here. It runs on from wherever it was moved
 * to, until the last time that a `Date` can have. Its functions need no `this`, so `now: issuer.clock.now` puts a verifier on the same time.
 */
export interface IssuerClock {
  /** The time, in milliseconds since the epoch. */
  now(): number
  /**
   * Moves the clock by so many seconds; a negative number moves it back.
   *
   * @throws {MockIssuerError} `invalid_option` for what is no finite number, or leads to a time that a `Date` cannot have
   */
  advanceSeconds(seconds: number): void
  /**
   * Sets the clock, in milliseconds since the epoch.
   *
   * @throws {MockIssuerError} `invalid_option` for what is no finite number, or no time that a `Date` can have
   */
  setMs(epochMs: number): void
}

/**
 * Creates a clock that follows `now` until it is moved.
 *
 * @param now the time to start from, in milliseconds since the epoch; default `Date.now`
 */
export function createClock(now: () => number = Date.now): IssuerClock {
  let offsetMs = 0
  const read = (): number => Math.min(maxMs, now() + offsetMs)
  return {
    now: read,
    advanceSeconds(seconds) {
      const movedMs = finite('advanceSeconds', seconds) * 1000
      reachable('advanceSeconds', read() + movedMs)
      offsetMs += movedMs
    },
    setMs(epochMs) {
      offsetMs = reachable('setMs', finite('setMs', epochMs)) - now()
    },
  }
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new MockIssuerError('invalid_option', `clock.${name}() takes a finite number, and was given ${String(value)}.`)
}

function reachable(name: string, epochMs: number): number {
  if (Math.abs(epochMs) <= maxMs) return epochMs
  throw new MockIssuerError(
    'invalid_option',
    `clock.${name}() can set times within ${maxMs} milliseconds of the epoch, as a Date can have them, and not ${String(epochMs)}.`,
  )
}
