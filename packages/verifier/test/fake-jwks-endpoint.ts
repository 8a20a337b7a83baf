import type { Fetch } from '@bailiwick/protocol'
import type { JWK } from 'jose'

/** The JWKS endpoint of an issuer, without a socket: it counts, and does what it is told. */
export interface FakeJwksEndpoint {
  readonly uri: string
  readonly fetch: Fetch
  keys: JWK[]
  /** Replaces the answer; `undefined` for the ordinary one. */
  answer: ((headers: Headers) => Response | Promise<Response>) | undefined
  headers: Record<string, string>
  /** When each request came, by the clock. */
  readonly requests: number[]
}

export function createFakeJwksEndpoint(now: () => number, keys: JWK[] = []): FakeJwksEndpoint {
  const endpoint: FakeJwksEndpoint = {
    uri: 'https://login.example.com/jwks',
    keys,
    answer: undefined,
    headers: {},
    requests: [],
    async fetch(_url, init) {
      endpoint.requests.push(now())
      const headers = new Headers(init.headers)
      if (endpoint.answer !== undefined) return endpoint.answer(headers)
      return Response.json({ keys: endpoint.keys }, { headers: endpoint.headers })
    },
  }
  return endpoint
}

export function networkFailure(): never {
  throw new TypeError('fetch failed')
}
