import type { IssuerUser } from '../../user.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint, EndpointHandler } from '../http/endpoint.js'
import { jsonResponse } from '../http/json-response.js'
import { parseScope } from '../scope.js'
import { findActiveAccessToken } from '../token-status/active-access-token.js'
import type { ActiveAccessTokenInput } from '../token-status/active-access-token.js'
import { readBearerToken } from './bearer-token.js'
import { releasedProfile } from './profile-claims.js'

export interface UserinfoEndpointInput extends ActiveAccessTokenInput {
  readonly users: readonly IssuerUser[]
}

/**
 * Userinfo, for an access token with the scope `openid`. Someone who is not a configured user is a `sub` and nothing else.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OpenID Connect Core 1.0 §5.3}
 */
export function createUserinfoEndpoint(input: UserinfoEndpointInput): Endpoint {
  const handle: EndpointHandler = async (request) => {
    const presented = readBearerToken(request.headers.get('authorization'))
    if (presented === 'absent') return challenge(401)
    if (presented === 'malformed') return challenge(400, 'invalid_request', 'The Authorization header is not a bearer token.')
    const found = await findActiveAccessToken(presented.token, input)
    const { sub, scope } = found?.claims ?? {}
    if (typeof sub !== 'string') return challenge(401, 'invalid_token', 'The access token is unknown, expired or revoked.')
    const scopes = (typeof scope === 'string' && parseScope(scope)) || []
    if (!scopes.includes('openid')) return challenge(403, 'insufficient_scope', 'The access token lacks the scope openid.')
    const user = input.users.find((candidate) => candidate.sub === sub) ?? { sub }
    return jsonResponse({ ...releasedProfile(user, scopes), sub })
  }
  return {
    name: 'userinfo',
    path: endpointPaths.userinfo,
    cors: 'client-origins',
    metadata: (url) => ({ userinfo_endpoint: url }),
    methods: { GET: handle, POST: handle },
  }
}

// RFC 6750 §3: a request without credentials is told how to authenticate, and of no error.
function challenge(status: 401): Response
function challenge(status: 400 | 401 | 403, error: string, description: string): Response
function challenge(status: 400 | 401 | 403, error?: string, description?: string): Response {
  const parameters = ['realm="mock-issuer"']
  if (error !== undefined) parameters.push(`error="${error}"`, `error_description="${description}"`)
  if (status === 403) parameters.push('scope="openid"')
  const body = error === undefined ? { error: 'unauthorized' } : { error, error_description: description }
  return jsonResponse(body, { status, headers: { 'www-authenticate': `Bearer ${parameters.join(', ')}` } })
}
