import type { SigningAlgorithm } from './signing-algorithm.js'

/**
 * What `issuer.sign` signs. Nothing is checked and no claim is added, so it can make any bad token that is still signed
 * by a genuine key: a wrong `typ`, an unknown `crit`, a missing `exp`. The issuer does not remember such a token.
 */
export interface SignInput {
  /**
   * An object is merged over `{ alg, kid }` of the key, and a parameter set to `undefined` is left out; a string is the
   * header's JSON text as it is, well formed or not. Default: `{ alg, kid }`.
   */
  header?: Readonly<Record<string, unknown>> | string
  /** An object is written as JSON; a string or bytes are the payload as it is. */
  payload: object | string | Uint8Array
  /** Which key signs. Default: the issuer's current one. */
  algorithm?: SigningAlgorithm
}
