import { AccessTokenError } from '../../access-token-error.js'
import type { JwsHeader } from '../../jws-header.js'
import { quote } from '../quote.js'
import { mediaTypeOf } from './media-type.js'

/**
 * `cty` must not say that the payload is another JWT: its claims would not be those of the token, and nested JWTs are not
 * supported. Any other `cty` is ignored, since the payload must be a claims set anyway.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-5.2 RFC 7519 §5.2} and §7.2, step 8
 */
export function checkContentType({ cty }: JwsHeader): void {
  if (mediaTypeOf(cty) !== 'jwt') return
  throw new AccessTokenError('token_type_rejected', { detail: `its cty is ${quote(cty)}, and a nested JWT is not supported` })
}
