import { expect, test } from 'vitest'
import { createExpiringMap } from './expiring-map.js'

function withClock(maxEntries: number) {
  const clock = { nowMs: 0 }
  return { clock, map: createExpiringMap<number>({ now: () => clock.nowMs, maxEntries }) }
}

test('forgets an entry when its time is over', () => {
  const { clock, map } = withClock(10)
  map.set('a', 1, 100)
  clock.nowMs = 99
  expect(map.get('a')).toBe(1)
  clock.nowMs = 100
  expect(map.get('a')).toBe(undefined)
  expect(map.size).toBe(0)
})

test('forgets the oldest entry rather than grow past its limit', () => {
  const { map } = withClock(3)
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, index, 100)

  expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([undefined, 1, 2, 3])
})

test('drops ended entries as new ones come', () => {
  const { clock, map } = withClock(100)
  for (let index = 0; index < 50; index++) map.set(`old ${index}`, index, 10)
  clock.nowMs = 10
  map.set('new', 1, 20)

  expect(map.size).toBe(1)
})

test('replaces an entry without making room', () => {
  const { map } = withClock(2)
  map.set('a', 1, 100)
  map.set('b', 2, 100)
  map.set('b', 3, 100)

  expect([map.get('a'), map.get('b')]).toEqual([1, 3])
})
