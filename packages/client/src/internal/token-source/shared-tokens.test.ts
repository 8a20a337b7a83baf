import { createMockIssuer } from '@bailiwick/mock-issuer'
import { createMemoryStore } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import { machineOf, tokenRequests } from '../../../test/machine.js'
import { grant, instances, watched } from '../../../test/shared-store.js'
import { tokensOf } from '../../../test/tokens.js'
import { formatTokenSet, type TokenSet } from '../../token-set.js'
import { createMachineOrigin } from './machine-origin.js'
import { createRenewal } from './renewal.js'
import { createSharedTokens } from './shared-tokens.js'

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
