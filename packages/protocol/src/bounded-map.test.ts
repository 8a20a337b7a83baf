import { describe, expect, it } from 'vitest'
import { BoundedMap } from './bounded-map.js'
import { ConfigurationError } from './error.js'

const keysOf = (map: BoundedMap<unknown>) => [...map.entries()].map(({ key }) => key).toSorted()

describe('a bounded map', () => {
  it('gives what was set, and undefined for the rest', () => {
    const map = new BoundedMap<number>({ maxEntries: 2 })
    expect(map.set('a', 1)).toBe(true)
    expect([map.get('a'), map.get('b'), map.size]).toEqual([1, undefined, 1])
  })

  it('forgets the least recently used when there are too many', () => {
    const map = new BoundedMap<number>({ maxEntries: 2 })
    map.set('a', 1)
    map.set('b', 2)
    map.get('a')
    map.set('c', 3)
    expect(keysOf(map)).toEqual(['a', 'c'])
  })

  it('passes over what was read, and forgets it the next time unless it was read again', () => {
    const map = new BoundedMap<number>({ maxEntries: 3 })
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    map.get('a')
    map.get('b')
    map.set('d', 1)
    expect(keysOf(map)).toEqual(['a', 'b', 'd'])
    map.get('b')
    map.set('e', 1)
    map.set('f', 1)
    expect(keysOf(map)).toEqual(['b', 'e', 'f'])
  })

  it('keeps what was just written, even if all else is in use', () => {
    const map = new BoundedMap<number>({ maxEntries: 1000 })
    for (let n = 0; n < 1000; n += 1) map.set(String(n), n)
    for (let n = 0; n < 1000; n += 1) map.get(String(n))
    map.set('new', 1)
    expect([map.get('new'), map.size]).toEqual([1, 1000])
  })

  it('forgets as many as it takes when they are too large together', () => {
    const map = new BoundedMap<number>({ maxEntries: 10, maxBytes: 100 })
    for (const key of ['a', 'b', 'c', 'd']) map.set(key, 1, 25)
    map.set('e', 1, 60)
    expect([keysOf(map), map.bytes]).toEqual([['d', 'e'], 85])
  })

  it('does not keep an entry that is larger than all may be, nor what it would have replaced', () => {
    const map = new BoundedMap<number>({ maxEntries: 10, maxBytes: 100 })
    map.set('a', 1, 10)
    expect([map.set('a', 2, 101), map.set('b', 2, Number.NaN), map.size, map.bytes]).toEqual([false, false, 0, 0])
  })

  it('counts a replaced entry once', () => {
    const map = new BoundedMap<number>({ maxEntries: 10, maxBytes: 100 })
    map.set('a', 1, 90)
    map.set('a', 2, 80)
    expect([map.get('a'), map.size, map.bytes]).toEqual([2, 1, 80])
  })

  it('says whether there was something to delete', () => {
    const map = new BoundedMap<number>({ maxEntries: 10 })
    map.set('a', 1, 5)
    expect([map.delete('a'), map.delete('a'), map.bytes]).toEqual([true, false, 0])
  })

  it('can be visited entry by entry, while entries come and go', () => {
    const map = new BoundedMap<number>({ maxEntries: 10 })
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    expect(map.visitNext()?.key).toBe('a')
    map.delete('b')
    expect([map.visitNext()?.key, map.visitNext()?.key]).toEqual(['c', 'a'])
  })

  it.each(['__proto__', 'constructor', ''])('takes %j for a key like any other', (key) => {
    const map = new BoundedMap<number>({ maxEntries: 10 })
    expect(map.get(key)).toBe(undefined)
    map.set(key, 1)
    expect(map.get(key)).toBe(1)
  })

  it.each([0, -1, 1.5, Number.NaN, Infinity])('does not take %d for a limit', (limit) => {
    expect(() => new BoundedMap({ maxEntries: limit })).toThrow(
      new ConfigurationError(`maxEntries must be a positive whole number, not ${limit}.`),
    )
    expect(() => new BoundedMap({ maxEntries: 1, maxBytes: limit })).toThrow(
      new ConfigurationError(`maxBytes must be a positive whole number, not ${limit}.`),
    )
  })
})
