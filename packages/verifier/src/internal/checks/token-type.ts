import { AccessTokenError } from '../../access-token-error.js'
import type { JwsHeader } from '../../jws-header.js'
import type { TokenProfile } from '../../token-profile.js'
import { quote } from '../quote.js'
import { mediaTypeOf } from './media-type.js'

/** Those of logout tokens, DPoP proofs, introspection responses and other JWTs are not among them. */
const acceptedTypes: Readonly<Record<TokenProfile, readonly string[]>> = {
  jwt: ['jwt', 'at+jwt'],
  rfc9068: ['at+jwt'],
}

/**
 * `typ` must be that of an access token. Only the `jwt` profile allows it to be absent.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.11 RFC 8725 §3.11}
 */
export function checkTokenType({ typ }: JwsHeader, profile: TokenProfile): void {
  if (typ === undefined && profile === 'jwt') return
  const type = mediaTypeOf(typ)
  if (type !== undefined && acceptedTypes[profile].includes(type)) return
  throw new AccessTokenError('token_type_rejected', { detail: `its typ is ${quote(typ)}` })
}

/** Whether `typ` states explicitly that this is an access token. */
export function isExplicitAccessToken({ typ }: JwsHeader): boolean {
  return typ === 'at+jwt' || mediaTypeOf(typ) === 'at+jwt'
}
