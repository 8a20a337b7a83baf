/** Bounds how many wrong user codes are taken, from all browsers together: a guesser has as many addresses and cookies as it likes. */
export interface GuessLimit {
  /** How long no code is taken at all, in seconds; 0 when one may be tried. */
  waitSeconds(): number
  /** Counts a wrong code. */
  countWrong(): void
}

const windowMs = 600_000
const maxWrong = 50

/**
 * Allows 50 wrong codes in ten minutes. Against 1,000 waiting devices that guesses one right with a probability of 2 in a million.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-5.1 RFC 8628 §5.1}
 */
export function createGuessLimit({ now }: { now: () => number }): GuessLimit {
  let wrong: readonly number[] = []
  return {
    waitSeconds() {
      const first = wrong.length < maxWrong ? undefined : wrong[0]
      return first === undefined ? 0 : Math.max(0, Math.ceil((first + windowMs - now()) / 1000))
    },
    countWrong() {
      wrong = [...wrong.filter((timeMs) => timeMs + windowMs > now()), now()].slice(-maxWrong)
    },
  }
}
