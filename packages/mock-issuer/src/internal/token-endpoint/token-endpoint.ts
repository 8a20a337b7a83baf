import { clientAuthenticationMetadata } from '../client-authentication/authentication-metadata.js'
import { authenticateClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import { createAuthorizationCodeGrant } from './authorization-code-grant.js'
import type { AuthorizationCodeGrantInput } from './authorization-code-grant.js'
import { createClientCredentialsGrant } from './client-credentials-grant.js'
import type { ClientCredentialsGrantInput } from './client-credentials-grant.js'
import type { GrantHandler } from './grant-handler.js'
import { createRefreshTokenGrant } from './refresh-token-grant.js'

export interface TokenEndpointInput extends AuthorizationCodeGrantInput, ClientCredentialsGrantInput, ClientAuthenticationInput {}

/** The token endpoint (RFC 6749 §3.2): tells the client, then leaves the request to the handler of its grant type. */
export function createTokenEndpoint(input: TokenEndpointInput): Endpoint {
  const grants = new Map<string, GrantHandler>([
    ['authorization_code', createAuthorizationCodeGrant(input)],
    ['refresh_token', createRefreshTokenGrant(input)],
    ['client_credentials', createClientCredentialsGrant(input)],
  ])
  return {
    name: 'token',
    path: endpointPaths.token,
    cors: 'client-origins',
    metadata: (url) => ({
      token_endpoint: url,
      grant_types_supported: [...grants.keys()],
      ...clientAuthenticationMetadata('token_endpoint', url, 'any'),
    }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateClient(request, form, input)
        const grant = grants.get(requiredParameter(form, 'grant_type'))
        if (grant === undefined) throw new OAuthRefusal('unsupported_grant_type', `Use one of ${[...grants.keys()].join(', ')}.`)
        return jsonResponse(await grant({ form, client, confirmation: undefined }), { headers: { pragma: 'no-cache' } })
      }),
    },
  }
}
