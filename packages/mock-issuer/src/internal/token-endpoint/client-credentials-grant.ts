import type { IssuerContract } from '../../contract.js'
import type { Laxity } from '../../laxity.js'
import { ownClaimsAdvice } from '../advice/scope-advice.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import type { ContractBreach } from '../contract-check.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readRequestedTarget, tokenTargetClaims } from '../resource/token-target.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import { openIdScopes } from '../scope.js'
import type { AccessTokenMint } from '../tokens/access-token-minting.js'
import { createGrant } from '../tokens/grant.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import type { GrantHandler } from './grant-handler.js'
import { issueAccessToken } from './issue-access-token.js'

export interface ClientCredentialsGrantInput extends TokenTargetSettings {
  readonly contract: IssuerContract | undefined
  readonly accessTokens: AccessTokenMint
  readonly lax: ReadonlySet<Laxity>
}

/**
 * Issues a token to a confidential client for itself: its `sub` is the client (RFC 9068 §2.2). There is no user, so there are
 * no OpenID Connect scopes, and no refresh token (RFC 6749 §4.4.3).
 */
export function createClientCredentialsGrant(input: ClientCredentialsGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    if (isPublicClient(client)) {
      throw new OAuthRefusal('unauthorized_client', 'A public client cannot get a token for itself.')
    }
    const requested = readRequestedScopes(form.get('scope'), client, input.contract, input.lax)
    if (requested.problem !== undefined) throw new OAuthRefusal('invalid_scope', requested.problem, 400, requested.advice)
    const aboutUser = requested.scopes.find((scope) => openIdScopes.includes(scope))
    if (aboutUser !== undefined && !input.lax.has('scope-unchecked'))
      throw new OAuthRefusal('invalid_scope', `The scope "${aboutUser}" is about a user, and there is none.`)
    const { clientId, claims } = client
    const target = tokenTargetClaims(readRequestedTarget(form, input))
    const own = { ...claims, sub: clientId, client_id: clientId, scope: scopeClaim(requested.scopes), ...target }
    const advise = (breach: ContractBreach) => ownClaimsAdvice(breach, client)
    return issueAccessToken(input.accessTokens, { claims: own, grant: createGrant(clientId), confirmation, advise })
  }
}
