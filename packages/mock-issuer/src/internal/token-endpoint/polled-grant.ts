import { requiredParameter } from '../http/form.js'
import { narrowTarget } from '../resource/token-target.js'
import type { GrantHandler } from './grant-handler.js'
import { redeemPolled } from './polled-authorization.js'
import type { PolledAuthorization } from './polled-authorization.js'
import { issueUserTokens } from './user-tokens.js'
import type { UserTokensInput } from './user-tokens.js'

/** By which parameter a client polls, and what it stands for. */
export interface Polled {
  readonly parameter: 'device_code' | 'auth_req_id'
  find(value: string): PolledAuthorization | undefined
}

/**
 * Answers the polls of a client for what a person decides elsewhere, and once that is approved gives it the tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.4 RFC 8628 §3.4}
 * @see {@link https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#token_request CIBA Core 1.0 §10.1}
 */
export function createPolledGrant({ parameter, find }: Polled, input: UserTokensInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const authorization = find(requiredParameter(form, parameter))
    // Before it is used up: a target that was not asked for leaves it to its owner.
    const target = narrowTarget(form, input, authorization?.target)
    const grant = redeemPolled(authorization, client, input.now())
    return issueUserTokens(input, { grant, scopes: grant.scopes, nonce: undefined, confirmation, target })
  }
}
