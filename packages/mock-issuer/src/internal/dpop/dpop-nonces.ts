import { createExpiringMap } from '../expiring-map.js'
import { randomToken } from '../random-token.js'

/**
 * The nonces that proofs are to carry.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8 RFC 9449 §8}
 */
export interface DpopNonces {
  /** The nonce to offer now. It changes every 60 seconds. */
  current(): string
  /** Whether the nonce was offered in the last three minutes or so. */
  accepts(nonce: string): boolean
}

const renewAfterMs = 60_000
/** For how long a nonce can be used, in milliseconds. */
export const nonceLifetimeMs = 180_000
// A clock that a test moves back and forth makes more of them than time alone would.
const maxNonces = 100

/** Creates the nonces of one issuer: random, and the same for all clients. */
export function createDpopNonces({ now }: { now: () => number }): DpopNonces {
  const offered = createExpiringMap<true>({ now, maxEntries: maxNonces })
  let latest: { readonly nonce: string; readonly madeAtMs: number } | undefined
  return {
    current() {
      const ageMs = latest === undefined ? Infinity : now() - latest.madeAtMs
      if (latest !== undefined && ageMs >= 0 && ageMs < renewAfterMs) return latest.nonce
      latest = { nonce: randomToken(), madeAtMs: now() }
      offered.set(latest.nonce, true, latest.madeAtMs + nonceLifetimeMs)
      return latest.nonce
    },
    accepts: (nonce) => offered.get(nonce) !== undefined,
  }
}
