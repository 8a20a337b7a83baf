import { isJsonObject } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import { claimOf, type Claims, stringClaim } from '../checks/claims.js'
import { checkTokenKind } from '../checks/token-kind.js'
import { quote } from '../quote.js'

/** The types of access tokens (RFC 6749 §7.1), and what some servers say instead: that it is one. */
const accessTokenTypes = new Set(['bearer', 'dpop', 'access_token', 'urn:ietf:params:oauth:token-type:access_token'])

/** What servers say in `token_use`. */
const accessTokenUses = new Set(['access', 'access_token'])

/** What servers say in `purpose` and `typ` of tokens that are none. Both may say other things too, which tell nothing of the kind. */
const otherKind = /^(?:id|refresh|offline|logout)(?:[_ -]?token)?$/i

/**
 * The server may be asked about any token, and says of a refresh token that it is active, too: what it says of the kind must be that
 * of an access token. A server that says nothing of it is believed to have been asked about an access token, as the hint said.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.2 RFC 7662 §2.2} (`token_type`)
 */
export function checkIntrospectedKind(claims: Claims): void {
  const type = stringClaim(claims, 'token_type')
  if (type !== undefined && !accessTokenTypes.has(type.toLowerCase())) {
    throw new AccessTokenError('token_type_rejected', { detail: `its token_type is ${quote(type)}` })
  }
  const use = stringClaim(claims, 'token_use')
  if (use !== undefined && !accessTokenUses.has(use.toLowerCase())) {
    throw new AccessTokenError('token_type_rejected', { detail: `its token_use is ${quote(use)}` })
  }
  for (const name of ['purpose', 'typ']) {
    const kind = claimOf(claims, name)
    if (typeof kind !== 'string' || !otherKind.test(kind)) continue
    throw new AccessTokenError('token_type_rejected', { detail: `its ${name} is ${quote(kind)}` })
  }
  // What the server calls an access token may have the claims of an ID token, as a JWT with that typ may.
  checkTokenKind(type === undefined && use === undefined ? {} : { typ: 'at+jwt' }, claims)
  checkDpopBinding(claims, type)
}

/**
 * A token of the type DPoP is bound to a key. If the server does not say to which, it would pass for a plain one, or for one that is
 * bound to a certificate alone.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.2 RFC 9449 §6.2}
 */
function checkDpopBinding(claims: Claims, type: string | undefined): void {
  if (type?.toLowerCase() !== 'dpop') return
  const cnf = claimOf(claims, 'cnf')
  if (isJsonObject(cnf) && Object.hasOwn(cnf, 'jkt')) return
  throw new AccessTokenError('confirmation_invalid', { detail: 'its token_type is DPoP, and there is no cnf with a jkt' })
}
