import { createAuthorizationEndpoint } from './authorization/authorization-endpoint.js'
import { createLoginEndpoint } from './authorization/login-endpoint.js'
import { createBackchannelAuthenticationEndpoint } from './ciba/backchannel-authentication-endpoint.js'
import { createDashboardEndpoints } from './dashboard/dashboard-endpoint.js'
import { createDeviceAuthorizationEndpoint } from './device/device-authorization-endpoint.js'
import { createDeviceVerificationEndpoint } from './device/device-verification-endpoint.js'
import type { Endpoint } from './http/endpoint.js'
import { createEndSessionEndpoint } from './logout/end-session-endpoint.js'
import { createLogoutConfirmationEndpoint } from './logout/logout-confirmation-endpoint.js'
import type { IssuerState } from './issuer-state.js'
import { discoveryDocument } from './metadata/discovery-document.js'
import { createDiscoveryEndpoint } from './metadata/discovery-endpoint.js'
import { createJwksEndpoint } from './metadata/jwks-endpoint.js'
import { createParEndpoint } from './par/par-endpoint.js'
import { createClientConfigurationEndpoint } from './registration/client-configuration-endpoint.js'
import { createRegistrationEndpoint } from './registration/registration-endpoint.js'
import { createTokenEndpoint } from './token-endpoint/token-endpoint.js'
import { createIntrospectionEndpoint } from './token-status/introspection-endpoint.js'
import { createRevocationEndpoint } from './token-status/revocation-endpoint.js'
import { createUserinfoEndpoint } from './userinfo/userinfo-endpoint.js'

/** Every endpoint of the issuer. What an endpoint declares in `metadata` is in the discovery documents. */
export function createEndpoints(state: IssuerState): readonly Endpoint[] {
  const registration = { ...state, serverMetadata: () => discoveryDocument(state, endpoints) }
  const endpoints: readonly Endpoint[] = [
    createJwksEndpoint(state),
    createAuthorizationEndpoint(state),
    createParEndpoint(state),
    createRegistrationEndpoint(registration),
    createClientConfigurationEndpoint(registration),
    createLoginEndpoint(state),
    createEndSessionEndpoint(state),
    createLogoutConfirmationEndpoint(state),
    createTokenEndpoint(state),
    createDeviceAuthorizationEndpoint(state),
    createDeviceVerificationEndpoint(state),
    createBackchannelAuthenticationEndpoint(state),
    createUserinfoEndpoint(state),
    createIntrospectionEndpoint(state),
    createRevocationEndpoint(state),
    ...createDashboardEndpoints(state),
  ]
  return [
    createDiscoveryEndpoint('openid-configuration', state, endpoints),
    createDiscoveryEndpoint('oauth-authorization-server', state, endpoints),
    ...endpoints,
  ]
}
