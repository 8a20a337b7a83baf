import type { AuthorizationRequest } from '../authorization/authorization-request.js'
import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'

/** The authorization requests that clients pushed and that no browser has come with yet. */
export interface PushedRequests {
  /** Keeps a request that was checked, for 60 seconds, and returns the `request_uri` that stands for it. */
  push(request: AuthorizationRequest): string
  /** The request, once; `undefined` if it is unknown, was taken before, is too old, or is another client's, which leaves it there. */
  take(requestUri: string, clientId: string): AuthorizationRequest | undefined
}

/** What the `request_uri` of a pushed request begins with (RFC 9126 §2.2). */
export const pushedRequestUriPrefix = 'urn:ietf:params:oauth:request_uri:'
/** How long a pushed request can be used. */
export const pushedRequestTtlSeconds = 60
const maxRequests = 1_000
const maxBytes = 32_000_000

/** Creates the memory of one issuer; beyond 1,000 pushed requests, or 32 MB, the oldest of the client that has most are forgotten. */
export function createPushedRequests({ now }: { now: () => number }): PushedRequests {
  const requests = createExpiringMap<AuthorizationRequest>({
    now,
    maxEntries: maxRequests,
    maxBytes,
    bytesOf: jsonBytes,
    ownerOf: ({ client }) => client.clientId,
  })
  return {
    push(request) {
      const requestUri = pushedRequestUriPrefix + randomToken()
      requests.set(requestUri, request, now() + pushedRequestTtlSeconds * 1000)
      return requestUri
    },
    take(requestUri, clientId) {
      const request = requests.get(requestUri)
      if (request?.client.clientId !== clientId) return undefined
      requests.delete(requestUri)
      return request
    },
  }
}
