import { requiredParameter } from '../http/form.js'
import { narrowTarget } from '../resource/token-target.js'
import type { GrantHandler } from '../token-endpoint/grant-handler.js'
import { redeemPolled } from '../token-endpoint/polled-authorization.js'
import { issueUserTokens } from '../token-endpoint/user-tokens.js'
import type { UserTokensInput } from '../token-endpoint/user-tokens.js'
import type { BackchannelRequests } from './backchannel-requests.js'

export interface CibaGrantInput extends UserTokensInput {
  readonly backchannelRequests: BackchannelRequests
}

export const cibaGrantType = 'urn:openid:params:grant-type:ciba'

/**
 * Answers the polls of a client that made an authentication request, and once the user has approved gives it the tokens.
 *
 * @see {@link https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#token_request CIBA Core 1.0 §10.1}
 */
export function createCibaGrant(input: CibaGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const request = input.backchannelRequests.find(requiredParameter(form, 'auth_req_id'))
    // Before the code is used up: a target that was not asked for leaves it to its owner.
    const target = narrowTarget(form, input, request?.target)
    const grant = redeemPolled(request, client, input.now())
    return issueUserTokens(input, { grant, scopes: grant.scopes, nonce: undefined, confirmation, target })
  }
}
