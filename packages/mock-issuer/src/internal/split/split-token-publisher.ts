import type { PublishedSplitToken } from '../../split-token.js'
import { withinTime } from '../within-time.js'
import type { SplitTokenPublication } from './split-token-settings.js'
import type { SplitTokenStore } from './split-token-store.js'

export interface SplitTokenPublisherInput {
  readonly splitTokenPublication: SplitTokenPublication | undefined
  readonly splitTokenStore: SplitTokenStore
  readonly accessTokenTtlSeconds: number
  readonly onError: (error: unknown) => void
  now(): number
}

/** Publishes split tokens: to the list of the issuer at once, and to the configured URL without anybody waiting for it. */
export interface SplitTokenPublisher {
  publish(published: PublishedSplitToken, claims: Readonly<Record<string, unknown>>): void
  settled(): Promise<void>
}

const maxUnderWay = 1_000

export function createSplitTokenPublisher(input: SplitTokenPublisherInput): SplitTokenPublisher {
  const { splitTokenPublication: publication, onError } = input
  const underWay = new Set<Promise<void>>()
  return {
    publish(published, claims) {
      // A token that a test mints without an end is published for as long as one that has the usual end.
      const { exp } = claims
      const expiresAtMs = typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : input.now() + input.accessTokenTtlSeconds * 1000
      input.splitTokenStore.add(published, expiresAtMs)
      if (publication === undefined) return
      if (underWay.size >= maxUnderWay) return onError(new Error(`A split token was not published: ${maxUnderWay} are under way already.`))
      const expiration = Math.max(0, Math.floor((expiresAtMs - input.now()) / 1000))
      const pushed = push(publication, publicationForm({ published, claims, expiration, clientId: publication.clientId }))
        .catch(onError)
        .finally(() => underWay.delete(pushed))
      underWay.add(pushed)
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

interface PublicationFormInput {
  readonly published: PublishedSplitToken
  readonly claims: Readonly<Record<string, unknown>>
  readonly expiration: number
  readonly clientId: string | undefined
}

function publicationForm({ published, claims, expiration, clientId }: PublicationFormInput): URLSearchParams {
  const { client_id: ownClientId, scope } = claims
  return new URLSearchParams({
    client_id: clientId ?? (typeof ownClientId === 'string' ? ownClientId : ''),
    ...(typeof scope === 'string' ? { scope } : {}),
    token: published.headerAndPayload,
    signatureHash: published.hash,
    grant_type: 'client_credentials',
    expiration: String(expiration),
  })
}

async function push({ url, fetch, headers, timeoutMs }: SplitTokenPublication, body: URLSearchParams): Promise<void> {
  const { host } = new URL(url)
  const response = await withinTime(
    timeoutMs,
    (signal) => fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal }),
    () => new Error(`A split token was not published: ${host} did not answer within ${timeoutMs} ms.`),
  )
  void response.body?.cancel().catch(() => {})
  if (!response.ok) throw new Error(`A split token was not published: ${host} answered with the status ${response.status}.`)
}
