/** The clock of this machine, and what is known of the server's. */
export interface ServerClock {
  /** This machine's, in milliseconds since the epoch. */
  now(): number
  /** The server's, in seconds since the epoch, as far as it is known: what its tokens are measured by, and what is signed for it. */
  serverSeconds(): number
  /** How far the server's clock is ahead, in milliseconds; 0 while nothing else is known. */
  aheadMs(): number
  /** Takes the `Date` of an answer of the server itself. Anything that is not a date is passed over, and what a cache has kept. */
  learn(headers: Headers, sentAt: number): void
}

/** `Date` has whole seconds, and the answer was some time under way: less than this is no difference. */
export const noDifferenceMs = 5000

/**
 * Learns how far the server's clock is from this one. A laptop that is ten minutes off would otherwise find every ID token issued in the
 * future, and have its assertions and proofs refused as old.
 *
 * Does *not* shift the expiry of access tokens, which is counted from when they were asked for, by this machine's clock; but in a store that several machines share.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 RFC 9110 §6.6.1} (`Date`)
 */
export function createServerClock(now: () => number): ServerClock {
  let aheadMs = 0
  return {
    now,
    serverSeconds: () => Math.floor((now() + aheadMs) / 1000),
    aheadMs: () => aheadMs,
    learn(headers, sentAt) {
      // A cache repeats the `Date` of when it was filled (RFC 9111 §5.1).
      if (headers.has('age')) return
      const date = Date.parse(headers.get('date') ?? '')
      const receivedAt = now()
      // A machine that slept in between knows nothing of how long the answer was under way.
      if (Number.isNaN(date) || receivedAt < sentAt || receivedAt - sentAt > 30_000) return
      const difference = date - (sentAt + receivedAt) / 2
      aheadMs = Math.abs(difference) < noDifferenceMs ? 0 : difference
    },
  }
}
