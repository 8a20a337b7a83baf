import { AccessTokenError } from '../../access-token-error.js'
import type { JwsHeader } from '../../jws-header.js'

/**
 * No extension is supported, so any `crit` is refused, and so is an unencoded payload without `crit`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11 RFC 7515 §4.1.11}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7797#section-6 RFC 7797 §6}
 */
export function checkCriticalHeader({ crit, b64 }: JwsHeader): void {
  if (crit !== undefined) throw new AccessTokenError('critical_header_unknown')
  if (b64 !== undefined && b64 !== true) throw new AccessTokenError('critical_header_unknown', { detail: 'b64 without crit' })
}
