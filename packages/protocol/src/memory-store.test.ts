import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from './error.js'
import { createMemoryStore } from './memory-store.js'
import type { Store } from './store.js'

const minute = { ttlMs: 60_000 }

function clock() {
  const time = { ms: 1_000_000, now: () => time.ms }
  return time
}

async function keysOf(store: Store, keys: readonly string[]): Promise<string[]> {
  const values = await Promise.all(keys.map((key) => store.get(key)))
  return keys.filter((_, index) => values[index] !== undefined)
}

describe('createMemoryStore', () => {
  it('gives what was set, until it is replaced or deleted', async () => {
    const store = createMemoryStore()
    expect(await store.get('a')).toBe(undefined)
    await store.set('a', '1', minute)
    expect(await store.get('a')).toBe('1')
    await store.set('a', '', minute)
    expect(await store.get('a')).toBe('')
    expect(await store.delete('a')).toBe(true)
    expect(await store.delete('a')).toBe(false)
    expect(await store.get('a')).toBe(undefined)
  })

  it('adds only what is absent', async () => {
    const store = createMemoryStore()
    expect(await store.add('a', '1', minute)).toBe(true)
    expect(await store.add('a', '2', minute)).toBe(false)
    expect(await store.get('a')).toBe('1')
  })

  it('swaps only what is as expected', async () => {
    const store = createMemoryStore()
    expect(await store.compareAndSwap('a', '1', '2', minute)).toBe(false)
    await store.set('a', '1', minute)
    expect(await store.compareAndSwap('a', '0', '2', minute)).toBe(false)
    expect(await store.compareAndSwap('a', '1', '2', minute)).toBe(true)
    expect(await store.get('a')).toBe('2')
  })

  it('lets one of many that add at once succeed', async () => {
    const store = createMemoryStore()
    const added = await Promise.all(Array.from({ length: 100 }, (_, index) => store.add('jti', String(index), minute)))
    expect(added.filter(Boolean)).toEqual([true])
    expect(await store.get('jti')).toBe('0')
  })

  it('takes any text for a key', async () => {
    const store = createMemoryStore()
    expect(await keysOf(store, ['__proto__', 'constructor', ''])).toEqual([])
    await store.set('__proto__', 'x', minute)
    expect(await keysOf(store, ['__proto__', 'constructor', ''])).toEqual(['__proto__'])
  })
})

describe('the time to live', () => {
  it('ends to the millisecond, for every operation', async () => {
    const time = clock()
    const store = createMemoryStore({ now: time.now })
    for (const key of ['get', 'add', 'swap', 'delete']) await store.set(key, '1', { ttlMs: 100 })
    time.ms += 99
    expect(await keysOf(store, ['get', 'add', 'swap', 'delete'])).toEqual(['get', 'add', 'swap', 'delete'])
    time.ms += 1
    expect(await store.get('get')).toBe(undefined)
    expect(await store.add('add', '2', minute)).toBe(true)
    expect(await store.compareAndSwap('swap', '1', '2', minute)).toBe(false)
    expect(await store.delete('delete')).toBe(false)
  })

  it('ends for an entry that no sweep has come to', async () => {
    const time = clock()
    const store = createMemoryStore({ now: time.now })
    for (let index = 0; index < 100; index++) await store.set(String(index), '1', { ttlMs: 100 })
    time.ms += 100
    expect(await store.get('50')).toBe(undefined)
    expect(await store.add('60', '2', minute)).toBe(true)
    expect(await store.delete('70')).toBe(false)
  })

  it('is not prolonged by reading, and starts anew by writing', async () => {
    const time = clock()
    const store = createMemoryStore({ now: time.now })
    await store.set('a', '1', { ttlMs: 100 })
    await store.set('b', '1', { ttlMs: 100 })
    time.ms += 60
    expect(await keysOf(store, ['a', 'b'])).toEqual(['a', 'b'])
    expect(await store.compareAndSwap('b', '1', '2', { ttlMs: 100 })).toBe(true)
    time.ms += 60
    expect(await keysOf(store, ['a', 'b'])).toEqual(['b'])
  })

  it.each([0, -1, Number.NaN, Infinity])('must not be %d, and what the key held stays', async (ttlMs) => {
    const store = createMemoryStore()
    await store.set('a', '1', minute)
    const refusal = new ConfigurationError(`ttlMs must be a positive number of milliseconds, not ${ttlMs}.`)
    await expect(store.set('a', '2', { ttlMs })).rejects.toThrow(refusal)
    await expect(store.add('b', '2', { ttlMs })).rejects.toThrow(refusal)
    await expect(store.compareAndSwap('a', '1', '2', { ttlMs })).rejects.toThrow(refusal)
    expect(await keysOf(store, ['a', 'b'])).toEqual(['a'])
    expect(await store.get('a')).toBe('1')
  })
})

describe('the limits', () => {
  it('forget the entry that was used least recently', async () => {
    const store = createMemoryStore({ maxEntries: 3 })
    for (const key of ['a', 'b', 'c']) await store.set(key, '1', minute)
    await store.get('a')
    await store.set('b', '2', minute)
    await store.set('d', '1', minute)
    expect(await keysOf(store, ['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'd'])
  })

  it('forget entries whose time is over before those that live', async () => {
    const time = clock()
    const store = createMemoryStore({ maxEntries: 100, now: time.now })
    const live = Array.from({ length: 50 }, (_, index) => `live${index}`)
    for (const key of live) await store.set(key, '1', { ttlMs: 1000 })
    for (let index = 0; index < 50; index++) await store.set(`dead${index}`, '1', { ttlMs: 10 })
    time.ms += 10
    for (let index = 0; index < 100; index++) await store.get('absent')
    for (let index = 0; index < 50; index++) await store.set(`new${index}`, '1', { ttlMs: 1000 })
    expect(await keysOf(store, live)).toEqual(live)
  })

  it('count the bytes of keys and values, at two for each unit', async () => {
    const store = createMemoryStore({ maxBytes: 40 })
    await store.set('a', '123456789', minute)
    await store.set('b', '123456789', minute)
    expect(await keysOf(store, ['a', 'b'])).toEqual(['a', 'b'])
    await store.set('c', '', minute)
    expect(await keysOf(store, ['a', 'b', 'c'])).toEqual(['b', 'c'])
    await store.set('b', '', minute)
    await store.set('d', '12345678901234567', minute)
    expect(await keysOf(store, ['b', 'c', 'd'])).toEqual(['b', 'c', 'd'])
  })

  it('refuse an entry that does not fit alone, and keep what there is', async () => {
    const store = createMemoryStore({ maxBytes: 40 })
    await store.set('a', '1', minute)
    await expect(store.set('a', 'x'.repeat(20), minute)).rejects.toThrow('An entry of 42 bytes does not fit')
    expect(await store.get('a')).toBe('1')
    await store.set('a', 'x'.repeat(19), minute)
    expect(await store.get('a')).toBe('x'.repeat(19))
  })

  it('are 10,000 entries by default', async () => {
    const store = createMemoryStore()
    for (let index = 0; index <= 10_000; index++) await store.set(String(index), '', minute)
    expect(await keysOf(store, ['0', '1', '10000'])).toEqual(['1', '10000'])
  })

  it.each([0, -1, 1.5, Number.NaN, Infinity])('must not be %d', (limit) => {
    expect(() => createMemoryStore({ maxEntries: limit })).toThrow('maxEntries must be a positive whole number')
    expect(() => createMemoryStore({ maxBytes: limit })).toThrow('maxBytes must be a positive whole number')
  })
})

describe('any sequence of operations', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const operation = fc.oneof(
    fc.record({ name: fc.constant('get' as const), key }),
    fc.record({ name: fc.constant('delete' as const), key }),
    fc.record({ name: fc.constant('wait' as const), key, ttlMs: fc.nat(60) }),
    fc.record({
      name: fc.constantFrom('set', 'add', 'swap'),
      key,
      value: fc.constantFrom('1', '2'),
      ttlMs: fc.integer({ min: 1, max: 100 }),
    }),
  )

  it('has the results of a plain map, as long as no limit is reached', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
        const time = clock()
        const store = createMemoryStore({ now: time.now, maxEntries: 5 })
        const model = new Map<string, { value: string; end: number }>()
        for (const step of operations) {
          const held = model.get(step.key)
          const live = held !== undefined && held.end > time.ms ? held.value : undefined
          if (step.name === 'wait') time.ms += step.ttlMs
          else if (step.name === 'get') expect(await store.get(step.key)).toBe(live)
          else if (step.name === 'delete') {
            expect(await store.delete(step.key)).toBe(live !== undefined)
            model.delete(step.key)
          } else {
            const { name, value, ttlMs } = step
            const writes = name === 'set' || (name === 'add' ? live === undefined : live === '1')
            if (name === 'set') await store.set(step.key, value, { ttlMs })
            else if (name === 'add') expect(await store.add(step.key, value, { ttlMs })).toBe(writes)
            else expect(await store.compareAndSwap(step.key, '1', value, { ttlMs })).toBe(writes)
            if (writes) model.set(step.key, { value, end: time.ms + ttlMs })
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('forgets the oldest that was not read since it was written or passed over, and not what was just written, when the limit is reached', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), key), { maxLength: 60 }), async (operations) => {
        const store = createMemoryStore({ maxEntries: 3, now: () => 0 })
        const model: { key: string; isRead: boolean }[] = []
        const place = (sought: string) => model.findIndex((entry) => entry.key === sought)
        for (const [writes, used] of operations) {
          if (!writes) {
            const held = model[place(used)]
            expect(await store.get(used)).toBe(held && 'x')
            if (held) held.isRead = true
            continue
          }
          await store.set(used, 'x', minute)
          if (place(used) >= 0) model.splice(place(used), 1)
          model.push({ key: used, isRead: false })
          while (model.length > 3) {
            const [oldest] = model.splice(0, 1)
            if (oldest?.isRead || oldest?.key === used) model.push({ key: oldest.key, isRead: false })
          }
        }
        for (const name of ['a', 'b', 'c', 'd', 'e']) expect(await store.get(name)).toBe(place(name) >= 0 ? 'x' : undefined)
      }),
      {
        numRuns: 1000,
        examples: [
          [[...['a', 'c', 'b'].map((name) => [true, name] as [boolean, string]), [false, 'a'], [false, 'b'], [false, 'c'], [true, 'd']]],
        ],
      },
    )
  })
})
