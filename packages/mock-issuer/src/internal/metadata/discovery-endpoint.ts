import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { cachedJsonResponse } from './cached-json-response.js'
import { discoveryDocument } from './discovery-document.js'

export interface DiscoveryEndpointInput {
  readonly supportedScopes: readonly string[]
  issuerName(): string
}

const maxAgeSeconds = 300

/** The metadata endpoint of OpenID Connect Discovery 1.0 §4 or of RFC 8414 §3. */
export function createDiscoveryEndpoint(
  name: 'openid-configuration' | 'oauth-authorization-server',
  input: DiscoveryEndpointInput,
): Endpoint {
  return {
    name,
    path: endpointPaths[name],
    cors: 'any-origin',
    methods: {
      GET: (request) =>
        cachedJsonResponse(request, discoveryDocument(input.issuerName(), input.supportedScopes), {
          contentType: 'application/json',
          maxAgeSeconds,
        }),
    },
  }
}
