import { createServer } from 'node:http'
import type { Api, Feature } from '../apis/api.js'
import { audience, createIssuer, type Issuer } from '../issuer/issuer.js'
import { listen } from '../listen.js'

/** What an API answered. */
export interface Answer {
  status: number
  /** `WWW-Authenticate`, or the empty string. */
  challenge: string
  retryAfter: string | null
  /** Everything that the client can read: header values and body. */
  visible: string
}

/** An API with an issuer of its own, both on sockets, so that what is done to them cannot affect another column. */
export interface World {
  issuer: Issuer
  get(path: '/orders' | Feature | `/orders?${string}`, token?: string): Promise<Answer>
  close(): Promise<void>
}

const answerTimeoutMs = 15_000

export async function createWorld(api: Api, settings: { cacheTtlMs?: number }): Promise<World> {
  const issuer = await createIssuer()
  const listener = api.create({ issuer: issuer.url, jwksUri: issuer.jwksUri, audience, ...settings })
  const server = await listen(createServer(listener))
  return {
    issuer,
    async get(path, token) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const response = await fetch(server.url + path, { headers, signal: AbortSignal.timeout(answerTimeoutMs) })
      const body = await response.text()
      return {
        status: response.status,
        challenge: response.headers.get('www-authenticate') ?? '',
        retryAfter: response.headers.get('retry-after'),
        visible: [...response.headers.values(), body].join('\n'),
      }
    },
    async close() {
      await server.close()
      await issuer.close()
    },
  }
}
