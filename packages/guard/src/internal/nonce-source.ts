import type { DpopSupport } from '@bailiwick/protocol'
import type { StartTimer } from '../resource-server-options.js'

/** Gives a nonce for a client's next proof, or rejects: it settles in any case. */
export type NonceSource = () => Promise<string>

/** How long a nonce may take. Making one is some local computing; whoever waits for it holds a request. */
const MAX_NONCE_MS = 1_000
const MAX_NONCE_CHARACTERS = 1_024

/**
 * Asks the verifier for nonces. One that does not come in time, or cannot stand in the header, is a rejection.
 *
 * @returns `undefined` when no nonce is demanded
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8.1 RFC 9449 §8.1} (syntax)
 */
export function createNonceSource(dpop: DpopSupport | undefined, startTimer: StartTimer): NonceSource | undefined {
  if (dpop?.nonce === undefined) return undefined
  return async () => {
    const given = dpop.nonce?.()
    const nonce: unknown = typeof given === 'object' ? await inTime(given, startTimer) : given
    if (typeof nonce === 'string' && nonce.length <= MAX_NONCE_CHARACTERS && /^[!#-[\]-~]+$/.test(nonce)) return nonce
    throw new Error('the verifier gave no nonce that can be sent')
  }
}

function inTime<Value>(promise: Promise<Value>, startTimer: StartTimer): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = startTimer(() => reject(new Error(`the verifier gave no nonce within ${MAX_NONCE_MS} ms`)), MAX_NONCE_MS)
    Promise.resolve(promise).then(resolve, reject).finally(cancel)
  })
}
