import { AccessTokenError } from '../../../access-token-error.js'

export interface ProofLifetimeLimits {
  readonly maxProofAgeSeconds: number
  readonly clockToleranceSeconds: number
}

/**
 * `iat` must be recent, and no further ahead than the clock tolerance.
 *
 * @param nowSeconds seconds since the epoch; a clock that returns NaN accepts nothing
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 11, and §11.1
 */
export function checkProofLifetime(iat: number, nowSeconds: number, limits: ProofLifetimeLimits): void {
  const age = nowSeconds - iat
  // Written so that NaN is refused.
  if (!(age >= -limits.clockToleranceSeconds))
    throw new AccessTokenError('dpop_proof_stale', { detail: `iat is ${Math.ceil(-age)} s ahead` })
  if (!(age <= limits.maxProofAgeSeconds)) throw new AccessTokenError('dpop_proof_stale', { detail: `made ${Math.floor(age)} s ago` })
}
