import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readParameters } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'
import { requestObjectAlgorithms } from '../request-object/request-object.js'
import { errorPage } from './error-page.js'
import { createLoginStart } from './login-start.js'
import type { LoginStartInput } from './login-start.js'
import { readReceivedRequest } from './received-request.js'
import { refusalResponse } from './refusal-response.js'
import type { ReceivedRequestInput } from './received-request.js'
import { responseModes } from './response-mode.js'

export interface AuthorizationEndpointInput extends ReceivedRequestInput, LoginStartInput {}

const maxQueryCharacters = 16_384

/** The authorization endpoint (RFC 6749 §3.1): checks the request, and leaves the login to `createLoginStart`. */
export function createAuthorizationEndpoint(input: AuthorizationEndpointInput): Endpoint {
  const startLogin = createLoginStart(input)

  async function answer(request: Request, parameters: Parameters): Promise<Response> {
    const issuer = input.issuerName()
    const read = await readReceivedRequest(parameters, input)
    if (read.outcome === 'unusable') return errorPage(read.error.description, 400, { code: read.error.code, comparison: read.comparison })
    const clientId = parameters.values.get('client_id') ?? ''
    if (read.outcome === 'refused') return refusalResponse({ ...read, issuer, clientId }, read.error, input)
    return startLogin(request, read.request)
  }

  return {
    name: 'authorization',
    path: endpointPaths.authorization,
    cors: 'none',
    metadata: (url) => ({
      authorization_endpoint: url,
      response_types_supported: ['code'],
      response_modes_supported: responseModes,
      code_challenge_methods_supported: input.lax.has('pkce-plain') ? ['S256', 'plain'] : ['S256'],
      authorization_response_iss_parameter_supported: true,
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      acr_values_supported: input.levels.listed.map(({ acr }) => acr),
      claims_parameter_supported: false,
      request_parameter_supported: true,
      request_object_signing_alg_values_supported: requestObjectAlgorithms,
      authorization_details_types_supported: input.authorizationDetailsTypes?.size ? [...input.authorizationDetailsTypes] : undefined,
      // Left out, it would mean true (OpenID Connect Discovery 1.0 §3).
      request_uri_parameter_supported: false,
    }),
    methods: {
      async GET(request) {
        const query = new URL(request.url).search
        if (query.length > maxQueryCharacters) return errorPage(`The query is longer than ${maxQueryCharacters} characters.`, 414)
        return answer(request, parseParameters(query))
      },
      async POST(request) {
        try {
          return await answer(request, await readParameters(request))
        } catch (error) {
          if (error instanceof OAuthRefusal) return errorPage(error.message, error.status)
          throw error
        }
      },
    },
  }
}
