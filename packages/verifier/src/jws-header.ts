import type { SigningAlgorithm } from './algorithms.js'

/**
 * The protected header of a JWS, as it was sent. `kid` is a string if it is there; nothing else has been looked at, and
 * members that carry or point to a key (`jwk`, `jku`, `x5u`, `x5c`) have not been followed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4 RFC 7515 §4}
 */
export type JwsHeader = Readonly<Record<string, unknown>> & { readonly kid?: string }

/** The header of a JWS that was verified, with the algorithm of its signature. */
export interface VerifiedJwsHeader extends JwsHeader {
  readonly alg: SigningAlgorithm
}
