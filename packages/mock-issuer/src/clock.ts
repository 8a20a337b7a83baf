import { MockIssuerError } from './mock-issuer-error.js'

/**
 * The issuer's clock: every time that it issues, checks or logs is read from here. It runs on from wherever it was moved
 * to. Its functions need no `this`, so `now: issuer.clock.now` puts a verifier on the same time.
 */
export interface IssuerClock {
  /** The time, in milliseconds since the epoch. */
  now(): number
  /** Moves the clock by so many seconds; a negative number moves it back. */
  advanceSeconds(seconds: number): void
  /** Sets the clock, in milliseconds since the epoch. */
  setMs(epochMs: number): void
}

/**
 * Creates a clock that follows `now` until it is moved.
 *
 * @param now the time to start from, in milliseconds since the epoch; default `Date.now`
 */
export function createClock(now: () => number = Date.now): IssuerClock {
  let offsetMs = 0
  return {
    now: () => now() + offsetMs,
    advanceSeconds(seconds) {
      offsetMs += finite('advanceSeconds', seconds) * 1000
    },
    setMs(epochMs) {
      offsetMs = finite('setMs', epochMs) - now()
    },
  }
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new MockIssuerError('invalid_option', `clock.${name}() takes a finite number, and was given ${String(value)}.`)
}
