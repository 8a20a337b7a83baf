import { requiredParameter } from '../http/form.js'
import { narrowTarget } from '../resource/token-target.js'
import type { GrantHandler } from '../token-endpoint/grant-handler.js'
import { redeemPolled } from '../token-endpoint/polled-authorization.js'
import { issueUserTokens } from '../token-endpoint/user-tokens.js'
import type { UserTokensInput } from '../token-endpoint/user-tokens.js'
import type { DeviceAuthorizations } from './device-authorizations.js'

export interface DeviceCodeGrantInput extends UserTokensInput {
  readonly devices: DeviceAuthorizations
}

export const deviceCodeGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * Answers the polls of a device, and once a person has approved gives it the tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.4 RFC 8628 §3.4}
 */
export function createDeviceCodeGrant(input: DeviceCodeGrantInput): GrantHandler {
  return async ({ form, client, confirmation }) => {
    const authorization = input.devices.findByDeviceCode(requiredParameter(form, 'device_code'))
    // Before the code is used up: a target that was not asked for leaves it to its owner.
    const target = narrowTarget(form, input, authorization?.target)
    const grant = redeemPolled(authorization, client, input.now())
    return issueUserTokens(input, { grant, scopes: grant.scopes, nonce: undefined, confirmation, target })
  }
}
