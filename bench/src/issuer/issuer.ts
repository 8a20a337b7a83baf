import { createServer, type RequestListener } from 'node:http'
import { listen } from '../listen.js'
import { createSigningKey, type TokenParts } from './signing-key.js'

/** What every token of the bench is for. */
export const audience = 'orders-api'

/**
 * An issuer on a loopback socket that serves metadata and a JWKS, counts what is fetched, and can fail. It is plain
 * `node:http`, shares no code with the packages that are measured, and sends no `Cache-Control`, so that each verifier
 * keeps the keys for as long as its own default says.
 */
export interface Issuer {
  /** The `iss` of its tokens: scheme, host and port. */
  readonly url: string
  readonly jwksUri: string
  /** How often the JWKS was asked for, answers with a fault included. */
  jwksFetches(): number
  /** How often anything was asked for, the JWKS and metadata included. */
  requests(): number
  /** A signed access token that lives for an hour; claims and header are merged over the default ones. */
  token(parts?: Partial<TokenParts> & { alg?: string }): Promise<string>
  /** Signs with a new key of the first algorithm from now on. The old ones stay in the JWKS unless they are withdrawn. */
  rotateKey(options?: { withdrawOld: boolean }): Promise<void>
  /** Answers every request with this status; `undefined` ends the fault. */
  failWith(status: number | undefined): void
  /** Stops listening: from now on connections are refused. */
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
