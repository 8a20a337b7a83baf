import { requiredParameter } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseScope } from '../scope.js'
import type { GrantHandler } from './grant-handler.js'
import { issueUserTokens } from './user-tokens.js'
import type { UserTokensInput } from './user-tokens.js'

/**
 * Exchanges a refresh token for new tokens and a new refresh token. One that was exchanged before has been stolen, from
 * the client or by it: the whole family is revoked (RFC 9700 §4.14.2). The scope may be narrowed for the access token; the
 * new refresh token keeps that of the grant (RFC 6749 §6).
 */
export function createRefreshTokenGrant(input: UserTokensInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    // From here to the rotation nothing may be awaited, or two requests could use the same token.
    const token = input.refreshTokens.find(requiredParameter(form, 'refresh_token'))
    if (token === undefined) throw new OAuthRefusal('invalid_grant', 'The refresh token is unknown or has expired.')
    if (token.rotated) {
      token.grant.revoked = true
      throw new OAuthRefusal('invalid_grant', 'The refresh token was used before. All tokens of its family are revoked.')
    }
    if (token.grant.revoked) throw new OAuthRefusal('invalid_grant', 'The refresh token was revoked.')
    if (token.grant.clientId !== client.clientId) {
      throw new OAuthRefusal('invalid_grant', 'The refresh token was issued to another client.')
    }
    const scopes = narrowedScopes(form.get('scope'), token.grant.scopes)
    token.rotated = true
    // An ID token that comes of a refresh carries no nonce (OpenID Connect Core 1.0 §12.2).
    return issueUserTokens(input, { grant: token.grant, scopes, nonce: undefined, confirmation })
  }
}

function narrowedScopes(scope: string | undefined, granted: readonly string[]): readonly string[] {
  if (scope === undefined) return granted
  const scopes = parseScope(scope)
  const further = scopes?.find((name) => !granted.includes(name))
  if (scopes === undefined) throw new OAuthRefusal('invalid_scope', 'The scope is not a list of scope names separated by single spaces.')
  if (further !== undefined) throw new OAuthRefusal('invalid_scope', `The scope "${further}" was not granted.`)
  return scopes
}
