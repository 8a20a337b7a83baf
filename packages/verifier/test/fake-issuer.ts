import type { Fetch } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import { networkFailure } from './fake-jwks-endpoint.js'

/** An issuer without a socket: metadata and a key set at their URLs, 404 for the rest. It counts, and does what it is told. */
export interface FakeIssuer {
  readonly issuer: string
  readonly fetch: Fetch
  metadataUrl: string
  metadata: Record<string, unknown>
  jwksUri: string
  keys: JWK[]
  isDown: boolean
  /** Replaces the answer at a URL. */
  readonly answers: Map<string, (headers: Headers) => Response | Promise<Response>>
  readonly requests: { readonly url: string; readonly at: number }[]
  /** When a URL was asked for, by the clock. */
  requestsTo(url: string): number[]
}

export function createFakeIssuer(now: () => number, keys: JWK[] = [], issuer = 'https://login.example.com'): FakeIssuer {
  const fake: FakeIssuer = {
    issuer,
    metadataUrl: `${issuer}/.well-known/openid-configuration`,
    metadata: { issuer, jwks_uri: `${issuer}/jwks` },
    jwksUri: `${issuer}/jwks`,
    keys,
    isDown: false,
    answers: new Map(),
    requests: [],
    requestsTo: (url) => fake.requests.filter((request) => request.url === url).map(({ at }) => at),
    async fetch(url, init) {
      fake.requests.push({ url: url, at: now() })
      if (fake.isDown) return networkFailure()
      const answer = fake.answers.get(url)
      if (answer !== undefined) return answer(new Headers(init.headers))
      if (url === fake.metadataUrl) return Response.json(fake.metadata)
      if (url === fake.jwksUri) return Response.json({ keys: fake.keys })
      return new Response('not found', { status: 404 })
    },
  }
  return fake
}
