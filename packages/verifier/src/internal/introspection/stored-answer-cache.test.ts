import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../../../test/fake-clock.js'
import { createFakeStore } from '../../../test/introspection-fixture.js'
import { createAnswerKeys } from './answer-keys.js'
import { sealAnswer } from './sealed-answer.js'
import { createStoredAnswerCache } from './stored-answer-cache.js'

const token = 'opaque'
const now = Date.UTC(2026, 0, 1)
const statement = { active: true, claims: { sub: 'john' } } as const
const keys = createAnswerKeys({
  issuer: 'https://login.example.com',
  endpoint: undefined,
  clientId: 'orders-api',
  audience: null,
  response: 'json',
})

function setUp({ clockToleranceSeconds = 0, storeTimeoutMs = 500 } = {}) {
  const store = createFakeStore()
  const clock = { time: now }
  const cache = createStoredAnswerCache({
    keys,
    store,
    storeTimeoutMs,
    maxTtlMs: 60_000,
    clockToleranceSeconds,
    maxRunning: 3,
    now: () => clock.time,
  })
  /** Keeps an answer that is given now. */
  const keep = (key: string, lifeMs = 1000) =>
    cache.keep(key, token, { answer: { statement, askedAt: clock.time, until: clock.time + lifeMs }, verdict: undefined })
  return { store, clock, cache, keep }
}

async function plant(store: ReturnType<typeof createFakeStore>, askedAt: number): Promise<string> {
  const key = await keys.storeKeyOf(token)
  const value = await sealAnswer({ statement, askedAt, until: now + 1000 }, await keys.sealKeyOf(token))
  store.entries.set(key, { value, ttlMs: 1000 })
  return key
}

describe('an answer in a shared store', () => {
  it.each([
    [0, 0, 'used'],
    [1, 0, 'not used'],
    [1e300, 0, 'not used'],
    [5000, 5, 'used'],
    [5001, 5, 'not used'],
  ])('of a question %d ms ahead, with a tolerance of %d s, is %s', async (aheadMs, clockToleranceSeconds, expected) => {
    const { store, cache } = setUp({ clockToleranceSeconds })
    const key = await plant(store, now + aheadMs)
    expect((await cache.read(key, token)) === undefined ? 'not used' : 'used').toBe(expected)
  })
})

describe('a write that does not end', () => {
  it('is followed by one delete, however many answers and evictions came meanwhile', async () => {
    const { store, cache } = setUp({ storeTimeoutMs: 1 })
    let land = (): void => {}
    store.set = () => new Promise<void>((resolve) => (land = resolve))
    let deletes = 0
    const deleted = new Promise<void>((resolve) => {
      store.delete = async () => {
        deletes += 1
        resolve()
        return true
      }
    })
    const key = await keys.storeKeyOf(token)
    const answer = { statement, askedAt: now, until: now + 1000 }
    for (let n = 0; n < 10; n += 1) await cache.keep(key, token, { answer, verdict: undefined })
    for (let n = 0; n < 10; n += 1) await expect(cache.forget(key)).rejects.toThrow('the store took longer than 1 ms')
    land()
    await deleted
    await new Promise((resolve) => setImmediate(resolve))
    expect(deletes).toBe(1)
    await cache.forget(key)
    expect(deletes).toBe(2)
  })
})

/** As Workers do with what is under way when its request ends: neither the store nor a timer is heard of any more. */
describe('a write that was cut off', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  type Keep = ReturnType<typeof setUp>['keep']

  /** The writes of an answer under each of these keys begin, and do not end. */
  async function cutOff({ store, keep }: { store: ReturnType<typeof createFakeStore>; keep: Keep }, ...cut: string[]) {
    const { set } = store
    for (const key of cut) {
      await new Promise<void>((resolve) => {
        store.set = () => {
          resolve()
          return new Promise(() => {})
        }
        void keep(key)
      })
    }
    store.set = set
  }

  async function setUpCutOff(options: { clockToleranceSeconds?: number } = {}) {
    const made = setUp(options)
    const key = await keys.storeKeyOf(token)
    await cutOff(made, key)
    return { ...made, key }
  }

  it.each([
    [1000, 0],
    [6000, 5],
  ])('has later answers kept when its own is over, after %d ms with a tolerance of %d s', async (afterMs, clockToleranceSeconds) => {
    const { store, clock, keep, key } = await setUpCutOff({ clockToleranceSeconds })
    clock.time += afterMs - 1
    void keep(key)
    await settle()
    expect(store.entries.size).toBe(0)
    clock.time += 1
    void keep(key)
    await store.written()
    expect([...store.entries.keys()]).toEqual([key])
  })

  it('does not keep an eviction from being certain for longer', async () => {
    const { clock, cache, key } = await setUpCutOff()
    let evictions = 0
    const evict = async () => {
      void cache.forget(key).then(() => (evictions += 1))
      await settle()
      return evictions
    }
    expect(await evict()).toBe(0)
    clock.time += 1000
    expect(await evict()).toBe(1)
  })

  it('leaves an eviction to wait for the write that came after it', async () => {
    const { store, clock, cache, keep, key } = await setUpCutOff()
    cache.forget(key).catch(() => {})
    clock.time += 1000
    const { set } = store
    let land = (): void => {}
    const begun = new Promise<void>((resolve) => {
      store.set = (...entry) => {
        resolve()
        return new Promise((landed) => (land = () => void set(...entry).then(landed)))
      }
    })
    void keep(key)
    await begun
    const evicted = cache.forget(key)
    land()
    await evicted
    expect(store.entries.size).toBe(0)
  })

  it('that ends after all does not hide the one that came after it', async () => {
    const { store, clock, cache, keep } = setUp()
    const key = await keys.storeKeyOf(token)
    const { set } = store
    const lands: (() => void)[] = []
    const begin = () =>
      new Promise<void>((resolve) => {
        store.set = (...entry) => {
          resolve()
          return new Promise((landed) => lands.push(() => void set(...entry).then(landed)))
        }
        void keep(key)
      })
    await begin()
    clock.time += 1000
    await begin()
    lands[0]?.()
    await settle()
    const evicted = cache.forget(key)
    await settle()
    lands[1]?.()
    await evicted
    expect(store.entries.size).toBe(0)
  })

  it('of which there are too many does not keep its own answer in use when there is a later one', async () => {
    const made = setUp()
    const { clock, cache, keep } = made
    await cutOff(made, 'one', 'two', 'three')
    clock.time += 10
    void keep('one')
    expect(await cache.read('one', token)).toMatchObject({ answer: { askedAt: now + 10 } })
  })

  it('has nothing more kept while there are too many of them, and not for ever', async () => {
    const made = setUp()
    const { store, clock, cache, keep } = made
    await cutOff(made, 'one', 'two', 'three')
    expect(await cache.read('one', token)).toMatchObject({ answer: { statement } })
    await keep('late')
    await settle()
    expect([await cache.read('late', token), store.entries.size]).toEqual([undefined, 0])
    clock.time += 60_000
    void keep('later')
    await store.written()
    expect([...store.entries.keys()]).toEqual(['later'])
  })

  it('of which there are too many leaves nothing in the store that a later answer is to replace', async () => {
    const made = setUp()
    const { store, keep } = made
    await keep('john')
    expect(store.entries.size).toBe(1)
    await cutOff(made, 'one', 'two', 'three')
    await keep('john')
    await settle()
    expect(store.entries.size).toBe(0)
  })
})

describe('an answer that is not to be kept', () => {
  it('counts here while what it ends is taken out of the store, whatever else is kept meanwhile', async () => {
    const { store, cache, keep } = setUp()
    const key = await keys.storeKeyOf(token)
    await keep(key)
    store.delete = () => new Promise(() => {})
    void keep(key, 0)
    await keep('another key')
    expect(await cache.read(key, token)).toBe(undefined)
  })
})
