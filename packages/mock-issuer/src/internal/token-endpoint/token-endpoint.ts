import { clientAuthenticationMetadata } from '../client-authentication/authentication-metadata.js'
import { authenticateClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'
import type { DpopInput } from '../dpop/dpop-proof.js'
import { offerDpopNonce } from '../dpop/offer-dpop-nonce.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import { createGrants } from './grants.js'
import type { GrantsInput } from './grants.js'
import { readSenderConfirmation } from './sender-confirmation.js'

export interface TokenEndpointInput extends GrantsInput, ClientAuthenticationInput, DpopInput {}

/**
 * The token endpoint (RFC 6749 §3.2): tells the client and what it proves to have, then leaves the request to the handler of its grant
 * type.
 */
export function createTokenEndpoint(input: TokenEndpointInput): Endpoint {
  const grants = createGrants(input)
  async function answer(request: Request): Promise<Response> {
    const form = await readForm(request)
    const client = await authenticateClient(request, form, input)
    const confirmation = await readSenderConfirmation(request, client, input)
    const grant = grants.get(requiredParameter(form, 'grant_type'))
    if (grant === undefined) throw new OAuthRefusal('unsupported_grant_type', `Use one of ${[...grants.keys()].join(', ')}.`)
    return jsonResponse(await grant({ form, client, confirmation }), { headers: { pragma: 'no-cache' } })
  }

  return {
    name: 'token',
    path: endpointPaths.token,
    cors: 'client-origins',
    metadata: (url) => ({
      token_endpoint: url,
      grant_types_supported: [...grants.keys()],
      ...clientAuthenticationMetadata('token_endpoint', url, 'any'),
      dpop_signing_alg_values_supported: asymmetricAlgorithms,
      ...(url.startsWith('https:') ? { tls_client_certificate_bound_access_tokens: true } : {}),
    }),
    methods: {
      POST: offerDpopNonce(input, answerRefusals(answer)),
    },
  }
}
