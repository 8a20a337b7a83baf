import type { IssuerClient } from '../../client.js'
import { clientAuthenticationMetadata } from '../client-authentication/authentication-metadata.js'
import { authenticateClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import type { Grant } from '../tokens/grant.js'
import type { IssuedAccessTokens } from '../tokens/issued-access-tokens.js'
import type { RefreshTokens } from '../tokens/refresh-tokens.js'

export interface RevocationEndpointInput extends ClientAuthenticationInput {
  readonly issued: IssuedAccessTokens
  readonly refreshTokens: RefreshTokens
}

/**
 * Token revocation. A refresh token takes its whole family along, an access token only what was exchanged for it. An unknown token is as good
 * as revoked; a token of another client is refused (RFC 7009 §2.1).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export function createRevocationEndpoint(input: RevocationEndpointInput): Endpoint {
  return {
    name: 'revocation',
    path: endpointPaths.revocation,
    cors: 'client-origins',
    metadata: (url) => ({ revocation_endpoint: url, ...clientAuthenticationMetadata('revocation_endpoint', url, 'any') }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateClient(request, form, input)
        revoke(requiredParameter(form, 'token'), client, input)
        return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })
      }),
    },
  }
}

function revoke(token: string, client: IssuerClient, { issued, refreshTokens }: RevocationEndpointInput): void {
  const refreshToken = refreshTokens.find(token)
  if (refreshToken !== undefined) {
    checkOwner(refreshToken.grant, client)
    refreshToken.grant.revoked = true
    return
  }
  const accessToken = issued.find(token)
  if (accessToken === undefined) return
  checkOwner(accessToken.grant, client)
  accessToken.revoked = true
}

function checkOwner(grant: Grant, client: IssuerClient): void {
  if (grant.clientId !== client.clientId) throw new OAuthRefusal('invalid_grant', 'The token was issued to another client.')
}
