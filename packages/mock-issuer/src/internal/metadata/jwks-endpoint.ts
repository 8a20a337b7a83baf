import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import { cachedJsonResponse } from './cached-json-response.js'

export interface JwksEndpointInput {
  readonly keys: SigningKeys
  readonly jwksMaxAgeSeconds: number
}

/** The JWK set (RFC 7517 §5): the public keys that are published now. */
export function createJwksEndpoint({ keys, jwksMaxAgeSeconds }: JwksEndpointInput): Endpoint {
  return {
    name: 'jwks',
    path: endpointPaths.jwks,
    cors: 'any-origin',
    metadata: (url) => ({ jwks_uri: url }),
    methods: {
      GET: async (request) =>
        cachedJsonResponse(request, toJwks(await keys.published()), {
          contentType: 'application/jwk-set+json',
          maxAgeSeconds: jwksMaxAgeSeconds,
        }),
    },
  }
}
