import { isJsonObject } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import { claimOf, type Claims, stringClaim } from '../checks/claims.js'
import { checkTokenKind } from '../checks/token-kind.js'
import { quote } from '../quote.js'

/** Token types of access tokens (RFC 6749 §7.1), and what some servers send instead, meaning the same. */
const accessTokenTypes = new Set(['bearer', 'dpop', 'access_token', 'urn:ietf:params:oauth:token-type:access_token'])

/** The values of `token_use` for access tokens. */
const accessTokenUses = new Set(['access', 'access_token'])

/** The values of `purpose` and `typ` for other tokens. Both may have other values, which say nothing about the kind. */
const otherKind = /^(?:id|refresh|offline|logout)(?:[_ -]?token)?$/i

/**
 * What the server says about the kind of token must be "access token": it can be asked about any token, and also reports a
 * refresh token as active. If it says nothing about the kind, the token is taken for an access token, as `token_type_hint`
 * said.
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
  // If the server calls it an access token, it may have claims that are typical of ID tokens, as a JWT with that `typ` may.
  checkTokenKind(type === undefined && use === undefined ? {} : { typ: 'at+jwt' }, claims)
  checkDpopBinding(claims, type)
}

/**
 * A token of type DPoP is bound to a key. If the server does not say which, the token would pass as unbound, or as bound to a
 * certificate only.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.2 RFC 9449 §6.2}
 */
function checkDpopBinding(claims: Claims, type: string | undefined): void {
  if (type?.toLowerCase() !== 'dpop') return
  const cnf = claimOf(claims, 'cnf')
  if (isJsonObject(cnf) && Object.hasOwn(cnf, 'jkt')) return
  throw new AccessTokenError('confirmation_invalid', { detail: 'its token_type is DPoP, and there is no cnf with a jkt' })
}
