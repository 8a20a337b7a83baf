import type { SigningAlgorithm } from './algorithms.js'

/**
 * The protected header of a JWS, as sent. `kid` is a string if present; no other member has been checked. Members that carry or
 * point to a key (`jwk`, `jku`, `x5u`, `x5c`) have not been used.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4 RFC 7515 §4}
 */
export type JwsHeader = Readonly<Record<string, unknown>> & { readonly kid?: string }

/** The header of a verified JWS, with the algorithm of its signature. */
export interface VerifiedJwsHeader extends JwsHeader {
  readonly alg: SigningAlgorithm
}
