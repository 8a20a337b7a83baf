import { AccessTokenError } from '../../access-token-error.js'
import type { JwsHeader } from '../../jws-header.js'
import { type Claims, issued } from './claims.js'
import { isExplicitAccessToken } from './token-type.js'

/** Claims of ID tokens that access tokens do not need (OpenID Connect Core §2, §3.3.2.11; RFC 9068 §2.2 lists none of them). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash', 's_hash']

/** Claims in which common servers state the kind of token, with their values for access tokens and for others. */
const kindClaims: readonly KindClaim[] = [
  { name: 'purpose', read: ({ purpose }) => purpose, access: 'access_token', other: ['id'] },
  { name: 'token_use', read: ({ token_use: use }) => use, access: 'access', other: ['id', 'refresh'] },
  { name: 'typ', read: ({ typ }) => typ, access: 'Bearer', other: ['ID', 'Refresh', 'Offline', 'Logout'] },
]

interface KindClaim {
  readonly name: string
  readonly read: (claims: Claims) => unknown
  readonly access: string
  readonly other: readonly unknown[]
}

/**
 * The token must not be of another kind. An ID token is for the client, even if its `aud` includes this API. `events` marks a
 * security event or a logout token.
 *
 * A token that states that it is an access token may have claims that are typical of ID tokens: some servers put `nonce` into
 * both.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-5 RFC 9068 §5}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.12 RFC 8725 §3.12}
 */
export function checkTokenKind(header: JwsHeader, claims: Claims): void {
  if (issued(claims, 'events', claims.events) !== undefined)
    throw new AccessTokenError('token_type_rejected', { detail: 'it has the claim events' })
  let isAccessToken = isExplicitAccessToken(header)
  for (const { name, read, access, other } of kindClaims) {
    const kind = issued(claims, name, read(claims))
    if (kind === undefined) continue
    if (other.includes(kind)) throw new AccessTokenError('token_type_rejected', { detail: `its claim ${name} says so` })
    if (kind === access) isAccessToken = true
  }
  if (isAccessToken) return
  const marker = idTokenClaims.find((name) => Object.hasOwn(claims, name))
  if (marker !== undefined) throw new AccessTokenError('token_type_rejected', { detail: `it has the claim ${marker}` })
}
