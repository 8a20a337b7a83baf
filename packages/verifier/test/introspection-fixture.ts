import type { Fetch, Store } from '@bailiwick/protocol'
import type { IntrospectionResponseOptions, IntrospectionSettings } from '../src/introspection-options.js'
import { createIntrospectionVerifier, type IntrospectionVerifier } from '../src/introspection-verifier.js'
import { audience, issuer, key as ecKey, now, nowSeconds, rsaKey } from './verifier-fixture.js'

export const endpoint = 'https://login.example.com/introspect'
export const client = {
  clientId: 'orders-api-client',
  authentication: { method: 'client_secret_basic', clientSecret: 'a secret of the client' },
} as const

/** What a server says of a good token, to be spoilt one by one. */
export const active = {
  active: true,
  iss: issuer,
  aud: audience,
  sub: 'john',
  client_id: 'shop',
  token_type: 'Bearer',
  iat: nowSeconds - 10,
  exp: nowSeconds + 300,
  scope: 'orders_read',
}

/** The members of a response without some. */
export function without(...names: (keyof typeof active)[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(active).filter(([name]) => !names.some((left) => left === name)))
}

/** An introspection endpoint without a socket: it counts, and does what it is told. */
export interface FakeIntrospection {
  readonly fetch: Fetch
  /** The tokens that were asked about. */
  readonly asked: string[]
  reply: (token: string, headers: Headers) => Response | Promise<Response>
}

export function createFakeIntrospection(reply: FakeIntrospection['reply'] = () => json(active)): FakeIntrospection {
  const fake: FakeIntrospection = {
    asked: [],
    reply,
    async fetch(url, init) {
      if (url !== endpoint) throw new Error(`nobody is to ask ${url}`)
      const token = new URLSearchParams(typeof init.body === 'string' ? init.body : '').get('token') ?? ''
      fake.asked.push(token)
      return fake.reply(token, new Headers(init.headers))
    },
  }
  return fake
}

export function json(body: unknown, headers: Record<string, string> = {}): Response {
  return typed('application/json', typeof body === 'string' ? body : JSON.stringify(body), headers)
}

export function typed(contentType: string, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'content-type': contentType, ...headers } })
}

/** The options of a verifier that asks the fake, on a clock that stands still. */
export function settingsFor(fetch: Fetch): IntrospectionSettings {
  return { issuer, audience, client, endpoint, fetch, now: () => now }
}

/** The keys of the issuer, for the forms of answers that need them. */
export const keys = { jwks: { keys: [ecKey.jwk, rsaKey.jwk] } }

type Changes = Partial<IntrospectionSettings> & IntrospectionResponseOptions

/** A verifier for the answers of a fake. */
export function createVerifier(fake: FakeIntrospection, options: Changes = {}): IntrospectionVerifier {
  return createIntrospectionVerifier({ ...settingsFor(fake.fetch), ...options })
}

/** A verifier that is told one thing. */
export function verifierTold(response: () => Response | Promise<Response>, options: Changes = {}): IntrospectionVerifier {
  return createVerifier(createFakeIntrospection(response), options)
}

/** A store that can be looked into, and made to fail or to hang. */
export interface FakeStore extends Pick<Store, 'get' | 'set' | 'delete'> {
  readonly entries: Map<string, { value: string; ttlMs: number }>
  mode: 'works' | 'fails' | 'hangs'
  reads: number
  /** Resolves when something has been written, or would have been if the store worked, for so many times. */
  written(times?: number): Promise<void>
}

export function createFakeStore(): FakeStore {
  let writes = 0
  let waiting: { times: number; resolve: () => void }[] = []
  const store: FakeStore = {
    entries: new Map(),
    mode: 'works',
    reads: 0,
    get: async (key) => {
      store.reads += 1
      await trouble()
      return store.entries.get(key)?.value
    },
    set: async (key, value, { ttlMs }) => {
      if (store.mode === 'works') store.entries.set(key, { value, ttlMs })
      writes += 1
      for (const { times, resolve } of waiting) if (times <= writes) resolve()
      waiting = waiting.filter(({ times }) => times > writes)
      await trouble()
    },
    delete: async (key) => {
      await trouble()
      return store.entries.delete(key)
    },
    written: (times = 1) => (times <= writes ? Promise.resolve() : new Promise((resolve) => waiting.push({ times, resolve }))),
  }
  return store

  async function trouble(): Promise<void> {
    if (store.mode === 'fails') throw new Error('the store is down')
    if (store.mode === 'hangs') await new Promise(() => {})
  }
}
