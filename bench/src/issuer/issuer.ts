import { createServer, type RequestListener } from 'node:http'
import { listen } from '../listen.js'
import { createSigningKey, type TokenParts } from './signing-key.js'

/** The audience of every token of the bench. */
export const audience = 'orders-api'

/**
 * An issuer on a loopback socket that serves metadata and a JWKS, counts requests, and can fail. It is plain `node:http`, shares no
 * code with the packages that are measured, and sends no `Cache-Control`, so that each verifier caches keys for its own default time.
 */
export interface Issuer {
  /** The `iss` of its tokens: scheme, host and port. */
  readonly url: string
  readonly jwksUri: string
  /** The number of requests for the JWKS, including those that were answered with a fault. */
  jwksFetches(): number
  /** The number of all requests, for the JWKS, metadata or anything else. */
  requests(): number
  /** A signed access token that is valid for an hour; `claims` and `header` are merged over the defaults. */
  token(parts?: Partial<TokenParts> & { alg?: string }): Promise<string>
  /** From now on signs with a new key of the first algorithm. The old keys stay in the JWKS unless `withdrawOld` is set. */
  rotateKey(options?: { withdrawOld: boolean }): Promise<void>
  /** Answers every request with this status from now on; `undefined` ends that. */
  failWith(status: number | undefined): void
  /** Stops listening: connections are refused from now on. */
  close(): Promise<void>
}

export async function createIssuer({ algorithms = ['ES256'] }: { algorithms?: readonly string[] } = {}): Promise<Issuer> {
  let keys = algorithms.map(createSigningKey)
  let jwksFetches = 0
  let requests = 0
  let fault: number | undefined
  let url = ''

  const answer: RequestListener = (request, response) => {
    requests++
    if (request.url === '/jwks') jwksFetches++
    const body = fault === undefined ? documents(request.url ?? '') : undefined
    response.writeHead(fault ?? (body === undefined ? 404 : 200), { 'content-type': 'application/json' })
    response.end(JSON.stringify(body ?? { error: 'not_available' }))
  }
  const documents = (path: string): object | undefined => {
    if (path === '/jwks') return { keys: keys.map(({ jwk }) => jwk) }
    if (path === '/.well-known/openid-configuration') return { issuer: url, jwks_uri: `${url}/jwks` }
    return undefined
  }

  const server = await listen(createServer(answer))
  url = server.url
  return {
    url,
    jwksUri: `${url}/jwks`,
    jwksFetches: () => jwksFetches,
    requests: () => requests,
    async token({ header, claims, alg } = {}) {
      const now = Math.floor(Date.now() / 1000)
      const defaults = { iss: url, aud: audience, sub: 'john', client_id: 'shop', iat: now, exp: now + 3600, scope: 'orders_read' }
      const key = keys.find(({ jwk }) => alg === undefined || jwk.alg === alg)
      if (key === undefined) throw new Error(`the issuer has no key for ${alg}`)
      return key.sign({ ...(header && { header }), claims: { ...defaults, ...claims } })
    },
    async rotateKey({ withdrawOld } = { withdrawOld: false }) {
      keys = [createSigningKey(algorithms[0] ?? 'ES256'), ...(withdrawOld ? [] : keys)]
    },
    failWith(status) {
      fault = status
    },
    close: server.close,
  }
}
