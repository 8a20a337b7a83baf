/** Milliseconds that never go back. */
export type ForwardClock = () => number

/** Set back by less than this, a clock was only corrected. */
const correctionMs = 5000

/**
 * A clock that stands still for as long as the machine's is behind what it was: with the machine's clock set back, a token would otherwise seem to live
 * longer than it does. A jump forward (a laptop that slept) is a jump here.
 *
 * What it cannot see is how much time went by before the clock was set back: `onSetBack` is told, when that was by 5 seconds or more.
 */
export function createForwardClock(now: () => number, onSetBack: () => void): ForwardClock {
  let seen = now()
  let backMs = 0
  return () => {
    const time = now()
    const back = seen - time
    seen = time
    if (back > 0) backMs += back
    if (back >= correctionMs) onSetBack()
    return time + backMs
  }
}
