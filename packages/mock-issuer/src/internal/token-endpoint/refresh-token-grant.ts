import type { IssuerClient } from '../../client.js'
import type { Laxity } from '../../laxity.js'
import type { IssuerUser } from '../../user.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import { requiredParameter } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { narrowTarget } from '../resource/token-target.js'
import { parseScope } from '../scope.js'
import type { Confirmation } from '../tokens/confirmation.js'
import type { RefreshToken } from '../tokens/refresh-tokens.js'
import type { GrantHandler } from './grant-handler.js'
import { issueUserTokens } from './user-tokens.js'
import type { UserTokensInput } from './user-tokens.js'

export interface RefreshTokenGrantInput extends UserTokensInput {
  readonly users: readonly IssuerUser[]
  readonly refreshTokenRotation: 'always' | 'never'
  readonly lax: ReadonlySet<Laxity>
}

/**
 * Exchanges a refresh token for new tokens and a new refresh token. One that was exchanged before has been stolen, from
 * the client or by it: the whole family is revoked (RFC 9700 §4.14.2). The scope may be narrowed for the access token; the
 * new refresh token keeps that of the grant (RFC 6749 §6). What ends in an error uses no token up. Without rotation a
 * confidential client keeps the token that it has.
 */
export function createRefreshTokenGrant(input: RefreshTokenGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const presented = requiredParameter(form, 'refresh_token')
    // From here to the rotation nothing may be awaited, or two requests could use the same token.
    const found = input.refreshTokens.find(presented)
    const token = input.lax.has('refresh-token-unchecked')
      ? (usable(found, client) ?? tokenOfFirstUser(client, form.get('scope'), input))
      : checkRefreshToken(found, client, confirmation, input.lax)
    const scopes = narrowedScopes(form.get('scope'), token.grant.scopes)
    const target = narrowTarget(form, input, token.grant.target)
    const keepRefreshToken = input.refreshTokenRotation === 'never' && !isPublicClient(client)
    const { grant, rotated } = token
    if (!keepRefreshToken) token.rotated = true
    try {
      // An ID token that comes of a refresh carries no nonce (OpenID Connect Core 1.0 §12.2).
      return await issueUserTokens(input, { grant, scopes, nonce: undefined, confirmation, target, keepRefreshToken })
    } catch (error) {
      // The client got nothing, and tries again with what it has: the claims provider may have been away.
      token.rotated = rotated
      throw error
    }
  }
}

function checkRefreshToken(
  token: RefreshToken | undefined,
  client: IssuerClient,
  confirmation: Confirmation | undefined,
  lax: ReadonlySet<Laxity>,
): RefreshToken {
  if (token === undefined) throw new OAuthRefusal('invalid_grant', 'The refresh token is unknown or has expired.')
  if (token.rotated && !lax.has('refresh-token-reusable')) {
    token.grant.revoked = true
    throw new OAuthRefusal('invalid_grant', 'The refresh token was used before. All tokens of its family are revoked.')
  }
  if (token.grant.revoked) throw new OAuthRefusal('invalid_grant', 'The refresh token was revoked.')
  if (token.grant.clientId !== client.clientId) throw new OAuthRefusal('invalid_grant', 'The refresh token was issued to another client.')
  if (token.confirmation !== undefined && !isSameKey(token.confirmation, confirmation)) {
    throw new OAuthRefusal('invalid_grant', 'The refresh token is bound to a key, and the request does not prove to have it.')
  }
  return token
}

function isSameKey(bound: Confirmation, proven: Confirmation | undefined): boolean {
  return bound.jkt === proven?.jkt && bound['x5t#S256'] === proven?.['x5t#S256']
}

function usable(token: RefreshToken | undefined, { clientId }: IssuerClient): RefreshToken | undefined {
  return token?.grant.clientId === clientId && !token.grant.revoked ? token : undefined
}

// What the laxity refresh-token-unchecked makes of a text that is no refresh token.
function tokenOfFirstUser({ clientId }: IssuerClient, scope: string | undefined, { users, now }: RefreshTokenGrantInput): RefreshToken {
  const [user = { sub: clientId }] = users
  const nowSeconds = Math.floor(now() / 1000)
  const scopes = (scope !== undefined && parseScope(scope)) || []
  const grant = { clientId, user, scopes, authTimeSeconds: nowSeconds, revoked: false }
  return { grant, confirmation: undefined, issuedAtSeconds: nowSeconds, expiresAtSeconds: nowSeconds, rotated: false }
}

function narrowedScopes(scope: string | undefined, granted: readonly string[]): readonly string[] {
  if (scope === undefined) return granted
  const scopes = parseScope(scope)
  const has = new Set(granted)
  const further = scopes?.find((name) => !has.has(name))
  if (scopes === undefined) throw new OAuthRefusal('invalid_scope', 'The scope is not a list of scope names separated by single spaces.')
  if (further !== undefined) throw new OAuthRefusal('invalid_scope', `The scope "${further}" was not granted.`)
  return scopes
}
