import { createExpiringMap } from '../expiring-map.js'

/**
 * Bounds how many wrong user codes are taken: of each browser, so that a guesser does not lock out people, and of all browsers together,
 * since a guesser can have as many cookies as it likes.
 */
export interface GuessLimit {
  /**
   * How long no code of a browser is taken, in seconds; 0 when one may be tried.
   * @param browser its cookie; all that have none count as one browser
   */
  waitSeconds(browser: string | undefined): number
  /** Counts a wrong code. */
  countWrong(browser: string | undefined): void
}

const windowMs = 600_000
const maxWrongOfBrowser = 50
const maxWrong = 500

/**
 * Allows each browser 50 wrong codes in ten minutes, and all of them 500. Against 1,000 waiting devices 500 guess one right with a
 * probability of 2 in 100,000.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-5.1 RFC 8628 §5.1}
 */
export function createGuessLimit({ now }: { now: () => number }): GuessLimit {
  let wrong: readonly number[] = []
  // As many as there can be wrong codes, so that none is pushed out.
  const ofBrowsers = createExpiringMap<readonly number[]>({ now, maxEntries: maxWrong })

  function waitSeconds(times: readonly number[], max: number): number {
    const first = times.length < max ? undefined : times[0]
    return first === undefined ? 0 : Math.max(0, Math.ceil((first + windowMs - now()) / 1000))
  }

  function withNow(times: readonly number[], max: number): readonly number[] {
    return [...times.filter((timeMs) => timeMs + windowMs > now()), now()].slice(-max)
  }

  return {
    waitSeconds(browser = '') {
      return Math.max(waitSeconds(ofBrowsers.get(browser) ?? [], maxWrongOfBrowser), waitSeconds(wrong, maxWrong))
    },
    countWrong(browser = '') {
      wrong = withNow(wrong, maxWrong)
      ofBrowsers.set(browser, withNow(ofBrowsers.get(browser) ?? [], maxWrongOfBrowser), now() + windowMs)
    },
  }
}
