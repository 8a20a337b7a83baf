import { AccessTokenError } from '../../access-token-error.js'
import { quote } from '../quote.js'
import { asString, type Claims, issued } from './claims.js'

/**
 * `iss` must equal the configured issuer, character by character, including case and trailing slash.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.8 RFC 8725 §3.8}
 */
export function checkIssuer(claims: Claims, issuer: string): void {
  const iss = asString('iss', issued(claims, 'iss', claims.iss))
  if (iss === undefined) throw new AccessTokenError('claim_missing', { detail: 'iss' })
  if (iss !== issuer) throw new AccessTokenError('issuer_mismatch', { detail: `expected ${quote(issuer)}, not ${quote(iss)}` })
}
