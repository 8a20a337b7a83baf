import { getValidatedIdTokenClaims, type TokenEndpointResponse } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { TokenSet } from '../token-set.js'
import type { ClientSettings } from './client-settings.js'
import { fitClaims } from './id-token-claims.js'
import { subjectIn, subjectOf } from './token-subject.js'

/**
 * Requires that a refresh is about the user of before. To be asked before the signature is checked: that there is no key for it must not hide it.
 * A set without an ID token is measured by its claims, with both in the form of the app's schema; one without either is about nobody.
 *
 * @throws {ClientError} `response_invalid`
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse OpenID Connect Core §12.2}
 */
export async function requireSameUser<Claims>(
  { claims: schema }: ClientSettings<Claims>,
  answer: TokenEndpointResponse,
  previous: TokenSet<Claims>,
): Promise<void> {
  const claims = getValidatedIdTokenClaims(answer)
  const before = subjectOf(previous)
  if (claims === undefined || before === undefined || before === claims.sub) return
  if (previous.idToken === undefined && before === subjectIn(await fitClaims(schema, claims).catch(() => undefined))) return
  throw new ClientError('response_invalid', 'The new ID token is about another user than the one before.')
}
