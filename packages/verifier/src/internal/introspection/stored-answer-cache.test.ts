import { describe, expect, it } from 'vitest'
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
  return { store, cache: createStoredAnswerCache({ keys, store, storeTimeoutMs, maxTtlMs: 60_000, clockToleranceSeconds, now: () => now }) }
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
