import type { IssuerUser } from '../../user.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readParameters } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { parseParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'
import { readAuthorizationRequest } from './authorization-request.js'
import type { AuthorizationRequestInput } from './authorization-request.js'
import { errorResponse } from './authorization-response.js'
import { formatBrowserCookie, newBrowserCookie, readBrowserCookie } from './browser-cookie.js'
import { errorPage } from './error-page.js'
import { loginPage } from './login-page.js'
import type { PendingLogins } from './pending-logins.js'

export interface AuthorizationEndpointInput extends AuthorizationRequestInput {
  readonly users: readonly IssuerUser[]
  readonly logins: PendingLogins
  issuerName(): string
}

const maxQueryCharacters = 16_384

/** The authorization endpoint (RFC 6749 §3.1): checks the request and shows the login page. Nothing is granted here. */
export function createAuthorizationEndpoint(input: AuthorizationEndpointInput): Endpoint {
  async function answer(request: Request, parameters: Parameters): Promise<Response> {
    const issuer = input.issuerName()
    const read = readAuthorizationRequest(parameters, input)
    if (read.outcome === 'unusable') return errorPage(read.reason)
    if (read.outcome === 'refused') return errorResponse({ ...read, issuer }, read.error)
    const browser = readBrowserCookie(request) ?? newBrowserCookie()
    const loginId = input.logins.open({ request: read.request, browser })
    return loginPage({ ...input, ...read.request, issuer, loginId, cookie: formatBrowserCookie(browser, issuer) })
  }

  return {
    name: 'authorization',
    path: endpointPaths.authorization,
    cors: 'none',
    metadata: (url) => ({
      authorization_endpoint: url,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
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
