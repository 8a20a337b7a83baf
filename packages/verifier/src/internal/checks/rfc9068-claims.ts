import { AccessTokenError } from '../../access-token-error.js'
import { type Claims, claimOf, stringClaim } from './claims.js'
import { checkRequiredClaims } from './required-claims.js'

const requiredClaims = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']

/**
 * Every claim that the profile requires must be present, and those that it defines must have the right type.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.2 RFC 9068 §2.2}
 */
export function checkRfc9068Claims(claims: Claims): void {
  checkRequiredClaims(claims, requiredClaims)
  stringClaim(claims, 'scope')
  stringClaim(claims, 'acr')
  const authTime = claimOf(claims, 'auth_time')
  if (authTime !== undefined && !Number.isFinite(authTime))
    throw new AccessTokenError('claim_invalid', { detail: 'auth_time is not a number' })
  const amr = claimOf(claims, 'amr')
  if (amr !== undefined && !(Array.isArray(amr) && amr.every((method) => typeof method === 'string'))) {
    throw new AccessTokenError('claim_invalid', { detail: 'amr is not a list of strings' })
  }
}
