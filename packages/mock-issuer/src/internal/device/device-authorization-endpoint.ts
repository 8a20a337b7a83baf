import type { IssuerContract } from '../../contract.js'
import type { Laxity } from '../../laxity.js'
import { authenticateClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import { endpointUrl } from '../issuer-name.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { readRequestedTarget } from '../resource/token-target.js'
import type { TokenTargetSettings } from '../resource/token-target.js'
import { requireGrantType } from '../token-endpoint/client-grant-types.js'
import { deviceCodeTtlSeconds } from './device-authorizations.js'
import type { DeviceAuthorizations } from './device-authorizations.js'

export interface DeviceAuthorizationEndpointInput extends TokenTargetSettings, ClientAuthenticationInput {
  readonly contract: IssuerContract | undefined
  readonly devices: DeviceAuthorizations
  readonly lax: ReadonlySet<Laxity>
  issuerName(): string
}

/**
 * Gives a device the code that it polls with, and the one that a person types elsewhere.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.1 RFC 8628 §3.1}
 */
export function createDeviceAuthorizationEndpoint(input: DeviceAuthorizationEndpointInput): Endpoint {
  return {
    name: 'device-authorization',
    path: endpointPaths['device-authorization'],
    cors: 'client-origins',
    metadata: (url) => ({ device_authorization_endpoint: url }),
    methods: {
      POST: answerRefusals(async (request) => {
        const form = await readForm(request)
        const client = await authenticateClient(request, form, input)
        requireGrantType(client, 'urn:ietf:params:oauth:grant-type:device_code')
        const requested = readRequestedScopes(form.get('scope'), client, input.contract, input.lax)
        if (requested.problem !== undefined) throw new OAuthRefusal('invalid_scope', requested.problem, 400, requested.advice)
        const target = readRequestedTarget(form, input)
        const { deviceCode, userCode, intervalSeconds } = input.devices.open(client, { scopes: requested.scopes, target })
        const page = endpointUrl(input.issuerName(), endpointPaths.device)
        return jsonResponse({
          device_code: deviceCode,
          user_code: userCode,
          verification_uri: page,
          verification_uri_complete: `${page}?user_code=${userCode}`,
          expires_in: deviceCodeTtlSeconds,
          interval: intervalSeconds,
        })
      }),
    },
  }
}
