import type { IssuerUser } from '../../user.js'
import { offerDpopNonce } from '../dpop/offer-dpop-nonce.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint, EndpointHandler } from '../http/endpoint.js'
import { jsonResponse } from '../http/json-response.js'
import { parseScope } from '../scope.js'
import { checkAccessToken } from './access-token-check.js'
import type { AccessTokenCheckInput } from './access-token-check.js'
import { challenge } from './challenge.js'
import { releasedProfile } from './profile-claims.js'

export interface UserinfoEndpointInput extends AccessTokenCheckInput {
  readonly users: readonly IssuerUser[]
}

/**
 * Userinfo, for an access token with the scope `openid`, a bearer token or one with a proof. Someone who is not a configured user is a `sub` and nothing else.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OpenID Connect Core 1.0 §5.3}
 */
export function createUserinfoEndpoint(input: UserinfoEndpointInput): Endpoint {
  const handle: EndpointHandler = async (request) => {
    const checked = await checkAccessToken(request, input)
    if (checked.response !== undefined) return checked.response
    const { scheme, issued } = checked
    const { sub, scope } = issued.claims
    if (typeof sub !== 'string') {
      return challenge(scheme, { status: 401, error: 'invalid_token', description: 'The access token is about nobody.' })
    }
    const scopes = (typeof scope === 'string' && parseScope(scope)) || []
    if (!scopes.includes('openid')) {
      const description = 'The access token lacks the scope openid.'
      return challenge(scheme, { status: 403, error: 'insufficient_scope', description, scope: 'openid' })
    }
    const user = input.users.find((candidate) => candidate.sub === sub) ?? { sub }
    return jsonResponse({ ...releasedProfile(user, scopes), sub })
  }
  const offering = offerDpopNonce(input, handle)
  return {
    name: 'userinfo',
    path: endpointPaths.userinfo,
    cors: 'client-origins',
    metadata: (url) => ({ userinfo_endpoint: url }),
    methods: { GET: offering, POST: offering },
  }
}
