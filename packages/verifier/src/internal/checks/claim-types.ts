import type { AccessTokenClaims } from '@bailiwick/protocol'
import { asString, type Claims, issued } from './claims.js'

/**
 * Checks the claims that must be strings if present. `AccessTokenClaims` of other types are checked where they are used:
 * `checkAudience`, `readTimes`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-4.3 RFC 8693 §4.3} (`client_id`)
 */
export function checkClaimTypes(claims: Claims): asserts claims is Claims & Pick<AccessTokenClaims, 'iss' | 'sub' | 'jti' | 'client_id'> {
  asString('iss', issued(claims, 'iss', claims.iss))
  asString('sub', issued(claims, 'sub', claims.sub))
  asString('jti', issued(claims, 'jti', claims.jti))
  asString('client_id', issued(claims, 'client_id', claims.client_id))
}
