import type { IssuerClient } from '../../client.js'
import type { IntrospectionDialect } from '../../introspection-dialect.js'
import { signingAlgorithms } from '../../signing-algorithm.js'
import { clientAuthenticationMetadata } from '../client-authentication/authentication-metadata.js'
import { authenticateConfidentialClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import { answerRefusals } from '../http/oauth-refusal.js'
import { acceptedDialects } from './accepted-dialects.js'
import { describeToken } from './described-token.js'
import type { DescribedToken, DescribedTokenInput } from './described-token.js'
import { introspectionResponse } from './introspection-response.js'

export type IntrospectionEndpointInput = DescribedTokenInput & ClientAuthenticationInput

/**
 * Token introspection for confidential clients, in the dialect that the client is registered for or accepts. An access token is described
 * to any configured client, unless that says what APIs it stands for; to a client that registered itself only if it was issued to it; a
 * refresh token to its own client only. Whatever else is asked about
 * is inactive, and nothing more is said.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9701#section-5 RFC 9701 §5}
 */
export function createIntrospectionEndpoint(input: IntrospectionEndpointInput): Endpoint {
  return {
    name: 'introspection',
    path: endpointPaths.introspection,
    cors: 'none',
    metadata: (url) => ({
      introspection_endpoint: url,
      ...clientAuthenticationMetadata('introspection_endpoint', url, 'confidential'),
      introspection_signing_alg_values_supported: signingAlgorithms,
    }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateConfidentialClient(request, form, input)
        const token = await describeToken(requiredParameter(form, 'token'), client, input)
        return introspectionResponse({ dialect: chooseDialect(client, request, token), token, client }, input)
      }),
    },
  }
}

function chooseDialect(client: IssuerClient, request: Request, token: DescribedToken | undefined): IntrospectionDialect {
  if (client.introspection !== undefined) return client.introspection
  const [first, ...others] = acceptedDialects(request.headers.get('accept'))
  const hasNoJwt = token?.kind === 'access_token' && token.jwt === undefined
  return (first === 'phantom' && hasNoJwt ? others[0] : undefined) ?? first ?? 'json'
}
