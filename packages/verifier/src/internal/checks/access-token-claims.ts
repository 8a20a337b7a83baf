import { AccessTokenError } from '../../access-token-error.js'
import { type Claims, claimOf } from './claims.js'

/** What an ID token has and an access token does not (OpenID Connect Core §2, §3.3.2.11; RFC 9068 §2.2 lists none of them). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash', 's_hash']
/** Members by which widespread servers say what kind of token it is, and the values that are not an access token's. */
const foreignKinds: Readonly<Record<string, readonly unknown[]>> = {
  token_use: ['id', 'refresh'],
  typ: ['ID', 'Refresh', 'Offline', 'Logout'],
}

/**
 * The claims must not be those of another kind of token: an ID token is for the client, even where its `aud` holds this API.
 * `events` is a security event or logout token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-5 RFC 9068 §5}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.12 RFC 8725 §3.12}
 */
export function checkAccessTokenClaims(claims: Claims): void {
  const marker = [...idTokenClaims, 'events'].find((name) => Object.hasOwn(claims, name))
  if (marker !== undefined) throw new AccessTokenError('token_type_rejected', { detail: `it has the claim ${marker}` })
  for (const [name, kinds] of Object.entries(foreignKinds)) {
    if (kinds.includes(claimOf(claims, name))) throw new AccessTokenError('token_type_rejected', { detail: `its claim ${name} says so` })
  }
}
