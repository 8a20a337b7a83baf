import type { BackchannelRequests } from '../ciba/backchannel-requests.js'
import type { DeviceAuthorizations } from '../device/device-authorizations.js'
import type { GrantType } from '../../grant-type.js'
import { createJwtBearerGrant } from '../jwt-bearer/jwt-bearer-grant.js'
import type { JwtBearerGrantInput } from '../jwt-bearer/jwt-bearer-grant.js'
import { createTokenExchangeGrant } from '../token-exchange/token-exchange-grant.js'
import type { TokenExchangeGrantInput } from '../token-exchange/token-exchange-grant.js'
import { createAuthorizationCodeGrant } from './authorization-code-grant.js'
import type { AuthorizationCodeGrantInput } from './authorization-code-grant.js'
import { requireGrantType } from './client-grant-types.js'
import { createClientCredentialsGrant } from './client-credentials-grant.js'
import type { ClientCredentialsGrantInput } from './client-credentials-grant.js'
import type { GrantHandler } from './grant-handler.js'
import { createPolledGrant } from './polled-grant.js'
import { createRefreshTokenGrant } from './refresh-token-grant.js'
import type { RefreshTokenGrantInput } from './refresh-token-grant.js'

export interface GrantsInput
  extends AuthorizationCodeGrantInput, RefreshTokenGrantInput, ClientCredentialsGrantInput, TokenExchangeGrantInput, JwtBearerGrantInput {
  readonly devices: DeviceAuthorizations
  readonly backchannelRequests: BackchannelRequests
}

/**
 * The grants of the token endpoint by their names, each for the clients alone that are registered for it. Without a trusted issuer there
 * is no jwt-bearer grant.
 */
export function createGrants(input: GrantsInput): ReadonlyMap<string, GrantHandler> {
  const handlers: readonly (readonly [GrantType, (input: GrantsInput) => GrantHandler])[] = [
    ['authorization_code', createAuthorizationCodeGrant],
    ['refresh_token', createRefreshTokenGrant],
    ['client_credentials', createClientCredentialsGrant],
    [
      'urn:ietf:params:oauth:grant-type:device_code',
      (given) => createPolledGrant({ parameter: 'device_code', find: input.devices.findByDeviceCode }, given),
    ],
    ['urn:ietf:params:oauth:grant-type:token-exchange', createTokenExchangeGrant],
    ...(input.trustedIssuers.size === 0 ? [] : [['urn:ietf:params:oauth:grant-type:jwt-bearer', createJwtBearerGrant] as const]),
    [
      'urn:openid:params:grant-type:ciba',
      (given) => createPolledGrant({ parameter: 'auth_req_id', find: input.backchannelRequests.find }, given),
    ],
  ]
  return new Map(
    handlers.map(([grantType, create]) => {
      // The claims provider is told which grant it is asked for.
      const accessTokens = input.accessTokens.forGrantType(grantType)
      return [grantType, forRegisteredClients(grantType, create({ ...input, accessTokens }))]
    }),
  )
}

function forRegisteredClients(grantType: GrantType, handle: GrantHandler): GrantHandler {
  return async (request) => {
    requireGrantType(request.client, grantType)
    return handle(request)
  }
}
