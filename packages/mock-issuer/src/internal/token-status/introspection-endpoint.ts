import type { IssuerClient } from '../../client.js'
import { clientAuthenticationMetadata } from '../client-authentication/authentication-metadata.js'
import { authenticateConfidentialClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals } from '../http/oauth-refusal.js'
import type { RefreshTokens } from '../tokens/refresh-tokens.js'
import { scopeClaim } from '../tokens/user-token-claims.js'
import { findActiveAccessToken } from './active-access-token.js'
import type { ActiveAccessTokenInput } from './active-access-token.js'

export interface IntrospectionEndpointInput extends ActiveAccessTokenInput, ClientAuthenticationInput {
  readonly refreshTokens: RefreshTokens
  issuerName(): string
}

/**
 * Token introspection for confidential clients. An access token is described to any of them, since an API asks about tokens
 * of others; a refresh token to its own client only. Whatever else is asked about is inactive, and nothing more is said.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
 */
export function createIntrospectionEndpoint(input: IntrospectionEndpointInput): Endpoint {
  return {
    name: 'introspection',
    path: endpointPaths.introspection,
    cors: 'none',
    metadata: (url) => ({
      introspection_endpoint: url,
      ...clientAuthenticationMetadata('introspection_endpoint', url, 'confidential'),
    }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateConfidentialClient(request, form, input)
        const token = requiredParameter(form, 'token')
        const described = (await describeAccessToken(token, input)) ?? describeRefreshToken(token, client, input)
        return jsonResponse(described ?? { active: false })
      }),
    },
  }
}

async function describeAccessToken(token: string, input: IntrospectionEndpointInput): Promise<object | undefined> {
  const found = await findActiveAccessToken(token, input)
  return found && { ...found.claims, active: true, token_type: 'Bearer' }
}

function describeRefreshToken(token: string, client: IssuerClient, input: IntrospectionEndpointInput): object | undefined {
  const found = input.refreshTokens.find(token)
  if (found === undefined || found.rotated || found.grant.revoked || found.grant.clientId !== client.clientId) return undefined
  return {
    active: true,
    iss: input.issuerName(),
    client_id: found.grant.clientId,
    sub: found.grant.user.sub,
    scope: scopeClaim(found.grant.scopes),
    iat: found.issuedAtSeconds,
    exp: found.expiresAtSeconds,
  }
}
