import { createMockIssuer } from '@bailiwick/mock-issuer'
import { createMemoryStore, type Store } from '@bailiwick/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { instances, watched } from '../../../test/shared-store.js'
import type { TokenSourceEvent } from '../../token-source-event.js'

afterEach(() => void vi.useRealTimers())

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
