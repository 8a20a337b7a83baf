import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { cachedJsonResponse } from './cached-json-response.js'
import { discoveryDocument, type DiscoveryDocumentInput } from './discovery-document.js'

const maxAgeSeconds = 300

/** The metadata endpoint of OpenID Connect Discovery 1.0 §4 or of RFC 8414 §3. */
export function createDiscoveryEndpoint(
  name: 'openid-configuration' | 'oauth-authorization-server',
  input: DiscoveryDocumentInput,
  endpoints: readonly Endpoint[],
): Endpoint {
  return {
    name,
    path: endpointPaths[name],
    cors: 'any-origin',
    methods: {
      GET: (request) =>
        cachedJsonResponse(request, discoveryDocument(input, endpoints), {
          contentType: 'application/json',
          maxAgeSeconds,
        }),
    },
  }
}
