import type { IssuerContract } from '../../contract.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { openIdScopes } from '../scope.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import { createGrant } from '../tokens/grant.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import type { GrantHandler } from './grant-handler.js'
import { issueAccessToken } from './issue-access-token.js'

export interface ClientCredentialsGrantInput {
  readonly contract: IssuerContract | undefined
  readonly accessTokens: AccessTokenMint
}

/**
 * Issues a token to a confidential client for itself: its `sub` is the client (RFC 9068 §2.2). There is no user, so there are
 * no OpenID Connect scopes, and no refresh token (RFC 6749 §4.4.3).
 */
export function createClientCredentialsGrant(input: ClientCredentialsGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    if (client.clientSecret === undefined) {
      throw new OAuthRefusal('unauthorized_client', 'A public client cannot get a token for itself.')
    }
    const requested = readRequestedScopes(form.get('scope'), client, input.contract)
    if (requested.problem !== undefined) throw new OAuthRefusal('invalid_scope', requested.problem)
    const aboutUser = requested.scopes.find((scope) => openIdScopes.includes(scope))
    if (aboutUser !== undefined) throw new OAuthRefusal('invalid_scope', `The scope "${aboutUser}" is about a user, and there is none.`)
    const { clientId, claims } = client
    const own = { ...claims, sub: clientId, client_id: clientId, scope: scopeClaim(requested.scopes) }
    return issueAccessToken(input.accessTokens, { claims: own, grant: createGrant(clientId), confirmation })
  }
}
