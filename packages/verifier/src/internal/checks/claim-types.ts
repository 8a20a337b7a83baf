import { type Claims, stringClaim } from './claims.js'

const stringClaims = ['iss', 'sub', 'jti', 'client_id']

/**
 * The claims that have a type wherever they occur. Times are checked where they are used.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-4.3 RFC 8693 §4.3} (`client_id`)
 */
export function checkClaimTypes(claims: Claims): void {
  for (const name of stringClaims) stringClaim(claims, name)
}
