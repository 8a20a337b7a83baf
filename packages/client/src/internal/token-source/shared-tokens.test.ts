import { createMemoryStore, type Store } from '@bailiwick/protocol'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { machineOf, tokenRequests } from '../../../test/machine.js'
import { tokensOf } from '../../../test/tokens.js'
import type { Client } from '../../client.js'
import { createTokenSource } from '../../create-token-source.js'
import { formatTokenSet, type TokenSet } from '../../token-set.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import { createMachineOrigin } from './machine-origin.js'
import { createRenewal } from './renewal.js'
import { createSharedTokens } from './shared-tokens.js'

const grant = { type: 'client_credentials', scope: 'orders_read' } as const

interface WatchedStore extends Store {
  readonly writes: { key: string; value: string; ttlMs: number }[]
  /** Waits for the next write: what a test has an instance do in place of sleeping. */
  written(): Promise<void>
}

/** A store that tells what is written, parts of which a test may break. */
function watched(store: Store, broken: Partial<Store> = {}): WatchedStore {
  const writes: WatchedStore['writes'] = []
  const waiting: (() => void)[] = []
  const set: Store['set'] = async (key, value, options) => {
    writes.push({ key, value, ...options })
    await store.set(key, value, options)
    for (const goOn of waiting.splice(0)) goOn()
  }
  return { ...store, set, ...broken, writes, written: () => new Promise((goOn) => void waiting.push(goOn)) }
}

/** As many instances of a service as are needed, each with a client of its own. */
function instances(issuer: MockIssuer, store: Store, count: number, onEvent?: (event: TokenSourceEvent) => void, client?: Client) {
  return Array.from({ length: count }, () =>
    createTokenSource({ client: client ?? machineOf(issuer), grant, store, now: issuer.clock.now, onEvent }),
  )
}

afterEach(() => void vi.useRealTimers())

describe('instances of a machine', () => {
  test('that start at once get one token by one request, and another one at its end', async () => {
    const issuer = await createMockIssuer()
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    const sleep = vi.fn<() => Promise<void>>(() => store.written())
    const common = { grant, store, policy: { refreshAheadMs: 0, assumedLifetimeMs: 1 }, now: issuer.clock.now, report() {}, sleep }
    const sources = Array.from({ length: 20 }, () =>
      createRenewal({ ...createMachineOrigin({ ...common, client: machineOf(issuer) }), ...common, random: Math.random }),
    )
    const all = async () => new Set((await Promise.all(sources.map((each) => each.getTokens({})))).map((each) => each.accessToken))
    expect([(await all()).size, tokenRequests(issuer), sleep.mock.calls.length]).toEqual([1, 1, 19])

    issuer.clock.advanceSeconds(300)
    expect([(await all()).size, tokenRequests(issuer)]).toEqual([1, 2])
  })

  test('that start later take the token that there is', async () => {
    const issuer = await createMockIssuer()
    const [one, two] = instances(issuer, createMemoryStore({ now: issuer.clock.now }), 2)
    const first = await one?.getTokens()
    issuer.clock.advanceSeconds(100)
    expect(await two?.getAccessToken()).toBe(first?.accessToken)
    expect(tokenRequests(issuer)).toBe(1)
  })

  test('that start when the token is due for renewal get the next one, and the others take it over', async () => {
    const issuer = await createMockIssuer()
    const [one, two] = instances(issuer, createMemoryStore({ now: issuer.clock.now }), 2)
    const first = await one?.getAccessToken()
    issuer.clock.advanceSeconds(245)
    const second = await two?.getAccessToken()
    expect(second).not.toBe(first)
    issuer.clock.advanceSeconds(46)
    expect(await one?.getAccessToken()).toBe(second)
    expect(tokenRequests(issuer)).toBe(2)
  })

  test('take no token that an API has rejected, and share the new one', async () => {
    const issuer = await createMockIssuer()
    const [one, two] = instances(issuer, createMemoryStore({ now: issuer.clock.now }), 2)
    const rejected = (await one?.getAccessToken()) ?? ''
    await two?.getAccessToken()
    const renewed = await one?.getAccessToken({ rejected })
    expect(renewed).not.toBe(rejected)
    expect(await two?.getAccessToken({ rejected })).toBe(renewed)
    expect(tokenRequests(issuer)).toBe(2)
  })

  test('wait no longer for a store that takes its time', async () => {
    let elapsedMs = 0
    let asked = 0
    const slow = async () => {
      elapsedMs += 400
      asked += 1
    }
    const add = () => slow().then(() => false)
    const get = () => slow().then(() => undefined)
    const renew = createSharedTokens({
      store: watched(createMemoryStore(), { add, get }),
      key: async () => 'a-key',
      format: formatTokenSet,
      parse: () => Promise.reject(new Error('nothing is there')),
      request: async () => tokensOf(1),
      leftMs: () => 300_000,
      isFresh: () => true,
      sleep: async (milliseconds) => void (elapsedMs += milliseconds),
      monotonicMs: () => elapsedMs,
      onStoreFailure: () => undefined,
    })
    await renew({ held: undefined, minimumMs: 0 })
    expect([elapsedMs > 5000, elapsedMs < 6000, asked]).toEqual([true, true, 12])
  })

  test('wait for one that died with the lock for five seconds, and then ask', async () => {
    const slept: number[] = []
    const request = vi.fn<() => Promise<TokenSet>>(async () => tokensOf(1))
    const renew = createSharedTokens({
      store: watched(createMemoryStore(), { add: async () => false }),
      key: async () => 'a-key',
      format: formatTokenSet,
      parse: () => Promise.reject(new Error('nothing is there')),
      request,
      leftMs: () => 300_000,
      isFresh: () => true,
      async sleep(milliseconds) {
        expect(request).not.toHaveBeenCalled()
        slept.push(milliseconds)
      },
      onStoreFailure: () => undefined,
    })
    await renew({ held: undefined, minimumMs: 0 })
    expect(slept.reduce((sum, each) => sum + each)).toBe(4950)
    expect(request).toHaveBeenCalledTimes(1)
  })

  test('leave no lock behind when the server is down', async () => {
    const issuer = await createMockIssuer()
    const store = createMemoryStore({ now: issuer.clock.now })
    const outage = issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503 })
    const [one, two] = instances(issuer, store, 2)
    await expect(one?.getAccessToken()).rejects.toMatchObject({ code: 'server_unavailable' })
    outage.remove()
    await two?.getAccessToken()
    expect(tokenRequests(issuer)).toBe(2)
  })
})

describe('what is stored', () => {
  test('lives as long as the token, and holds neither refresh nor ID token', async () => {
    const issuer = await createMockIssuer()
    const genuine = machineOf(issuer, {
      async fetch(url, init) {
        const answer = await issuer.fetch(url, init)
        return url.endsWith('/token') ? Response.json({ ...((await answer.json()) as object), refresh_token: 'a-refresh-token' }) : answer
      },
    })
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    await instances(issuer, store, 1, undefined, genuine)[0]?.getTokens()
    const [write] = store.writes
    expect(write?.ttlMs).toBeGreaterThan(298_000)
    expect(write?.ttlMs).toBeLessThanOrEqual(300_000)
    expect(write?.value).not.toContain('a-refresh-token')
    expect(write?.key).toMatch(/^bailiwick:token:[\w-]{43}$/)
  })

  test('is nothing where the server does not say how long the token lives', async () => {
    const issuer = await createMockIssuer()
    const client = machineOf(issuer, {
      async fetch(url, init) {
        const answer = await issuer.fetch(url, init)
        if (!url.endsWith('/token')) return answer
        const { expires_in: _, ...body } = (await answer.json()) as Record<string, unknown>
        return Response.json(body)
      },
    })
    const store = watched(createMemoryStore())
    await instances(issuer, store, 1, undefined, client)[0]?.getTokens()
    expect(store.writes).toEqual([])
  })

  test.each([
    ['no JSON', () => 'a token'],
    ['of another issuer', (text: string) => text.replace('http://localhost', 'http://127.0.0.1')],
    ['of another client', (text: string) => text.replace('"clientId":"service"', '"clientId":"app"')],
    ['bound to another key', (text: string) => text.replace('"tokenType"', '"keyThumbprint":"another","tokenType"')],
  ])('is not used where it is %s, and is written anew', async (_, change) => {
    const issuer = await createMockIssuer()
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    const events: TokenSourceEvent[] = []
    const [one, two] = instances(issuer, store, 2, (event) => events.push(event))
    const first = await one?.getAccessToken()
    const { key = '', value = '' } = store.writes[0] ?? {}
    await store.set(key, change(value), { ttlMs: 300_000 })
    expect(await two?.getAccessToken()).not.toBe(first)
    // It is read again under the lock.
    expect(events.map(({ kind }) => kind)).toEqual(['renewed', 'store_failed', 'store_failed', 'renewed'])
    expect(store.writes).toHaveLength(3)
  })
})

describe('a store', () => {
  const fails = () => Promise.reject(new Error('the store is down'))

  test.each<[string, Partial<Store>]>([
    ['reads', { get: fails }],
    ['locks', { add: fails }],
    ['writes', { set: fails }],
    ['unlocks', { compareAndSwap: fails }],
  ])('that fails when it %s is gone on without, and told of', async (_, broken) => {
    const issuer = await createMockIssuer()
    const events: TokenSourceEvent[] = []
    const [source] = instances(issuer, watched(createMemoryStore(), broken), 1, (event) => events.push(event))
    expect((await source?.getTokens())?.scope).toBe('orders_read')
    expect(events).toMatchObject([{ kind: 'store_failed', error: { message: 'the store is down' } }, { kind: 'renewed' }])
  })

  test('that failed once is asked again for the next token', async () => {
    const issuer = await createMockIssuer()
    const working = createMemoryStore({ now: issuer.clock.now })
    const get = vi.fn<Store['get']>(working.get).mockRejectedValueOnce(new Error('the store is down'))
    const store = watched(working, { get })
    const [source] = instances(issuer, store, 1)
    await source?.getTokens()
    expect(store.writes).toEqual([])
    issuer.clock.advanceSeconds(300)
    await source?.getTokens()
    expect(store.writes).toHaveLength(1)
  })

  test('that does not answer costs a second, once for each token', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const issuer = await createMockIssuer()
    const never = vi.fn<() => Promise<never>>(() => new Promise(() => {}))
    const store: Store = { get: never, set: never, add: never, compareAndSwap: never, delete: never }
    const [source] = instances(issuer, store, 1)
    const asked = source?.getTokens()
    await vi.waitFor(() => expect(never).toHaveBeenCalledTimes(1))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await asked)?.scope).toBe('orders_read')
    expect(never).toHaveBeenCalledTimes(1)
  })
})
