import { AccessTokenError } from '../../access-token-error.js'
import type { Claims } from './claims.js'

/**
 * A token with `cnf` is useful to its sender alone. As long as nothing has checked the sender, it is refused: taking it as a
 * bearer token would undo what it was bound for.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7800#section-3.1 RFC 7800 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export function checkConfirmation(claims: Claims): void {
  if (Object.hasOwn(claims, 'cnf')) throw new AccessTokenError('confirmation_unchecked')
}
