import type { IssuerClient } from '../../client.js'
import type { IssuerUser } from '../../user.js'
import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'
import { createPolledAuthorization, isAnswered } from '../token-endpoint/polled-authorization.js'
import type { PolledAuthorization } from '../token-endpoint/polled-authorization.js'

/** An authentication request that a client made on its own channel. */
export interface BackchannelRequest extends PolledAuthorization {
  readonly authReqId: string
  /** Who is asked. */
  readonly user: IssuerUser
  readonly bindingMessage: string | undefined
  /** How the user logs in by approving. */
  readonly acr: string | undefined
  readonly amr: readonly string[] | undefined
}

/** The requests that wait, or did until a while ago. */
export interface BackchannelRequests {
  open(client: IssuerClient, wanted: WantedAuthentication): BackchannelRequest
  find(authReqId: string): BackchannelRequest | undefined
  /** All that are remembered, decided and expired ones too; oldest first. */
  list(): readonly BackchannelRequest[]
}

/** What a request asks for. */
export interface WantedAuthentication extends Pick<BackchannelRequest, 'scopes' | 'target' | 'user' | 'bindingMessage' | 'acr' | 'amr'> {
  readonly expiresInSeconds: number
}

export interface BackchannelRequestsInput {
  readonly pollingIntervalSeconds: number
  now(): number
}

// A client that polls on is told for a while that the time is over, rather than that its id is unknown.
const rememberedSeconds = 600
const maxRequests = 1_000
const maxBytes = 32_000_000

/**
 * Creates the memory of one issuer. Beyond 1,000 requests those that were answered are forgotten first, then the oldest of the client that
 * has most; their ids then count as unknown.
 */
export function createBackchannelRequests({ now, pollingIntervalSeconds }: BackchannelRequestsInput): BackchannelRequests {
  const requests = createExpiringMap<BackchannelRequest>({
    now,
    maxEntries: maxRequests,
    maxBytes,
    bytesOf: ({ scopes, target }) => jsonBytes([scopes, target]),
    ownerOf: ({ clientId }) => clientId,
    isSpent: (request) => isAnswered(request, now()),
  })
  return {
    open(client, { expiresInSeconds, ...wanted }) {
      const expiresAtMs = now() + expiresInSeconds * 1000
      const polled = createPolledAuthorization(client, { ...wanted, expiresAtMs, intervalSeconds: pollingIntervalSeconds })
      const request = { ...polled, ...wanted, authReqId: randomToken() }
      requests.set(request.authReqId, request, expiresAtMs + rememberedSeconds * 1000)
      return request
    },
    find: (authReqId) => requests.get(authReqId),
    list: () => requests.values(),
  }
}
