import type { Endpoint } from './http/endpoint.js'
import type { IssuerState } from './issuer-state.js'
import { createDiscoveryEndpoint } from './metadata/discovery-endpoint.js'
import { createJwksEndpoint } from './metadata/jwks-endpoint.js'

/** Every endpoint of the issuer. */
export function createEndpoints(state: IssuerState): readonly Endpoint[] {
  return [
    createDiscoveryEndpoint('openid-configuration', state),
    createDiscoveryEndpoint('oauth-authorization-server', state),
    createJwksEndpoint(state),
  ]
}
