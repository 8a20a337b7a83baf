import { AccessTokenError } from '../../access-token-error.js'
import { type Claims, claimOf } from './claims.js'

/** Each named claim must be present and not `null`. Its value is not checked. */
export function checkRequiredClaims(claims: Claims, names: readonly string[]): void {
  for (const name of names) {
    const value = claimOf(claims, name)
    if (value === undefined || value === null) throw new AccessTokenError('claim_missing', { detail: name })
  }
}
