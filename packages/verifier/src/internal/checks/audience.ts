import type { AccessTokenClaims } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import { quote } from '../quote.js'
import { type Claims, issued } from './claims.js'

/**
 * `aud`, a string or a list of strings, must hold one of the audiences of this API. `null` turns the check off.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3 RFC 7519 §4.1.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.9 RFC 8725 §3.9}
 */
export function checkAudience(
  claims: Claims,
  accepted: readonly string[] | null,
): asserts claims is Claims & Pick<AccessTokenClaims, 'aud'> {
  const aud = issued(claims, 'aud', claims.aud)
  if (typeof aud === 'string' && accepted?.includes(aud) === true) return
  const audiences = Array.isArray(aud) ? aud : aud === undefined ? [] : [aud]
  if (!audiences.every((audience) => typeof audience === 'string')) {
    throw new AccessTokenError('claim_invalid', { detail: 'aud is neither a string nor a list of strings' })
  }
  if (accepted === null) return
  if (aud === undefined) throw new AccessTokenError('claim_missing', { detail: 'aud' })
  if (!audiences.some((audience) => accepted.includes(audience))) {
    throw new AccessTokenError('audience_mismatch', { detail: `expected ${accepted.map(quote).join(' or ')}, not ${quote(aud)}` })
  }
}
