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

test('forgets ended entries before live ones, wherever they are', () => {
  const { clock, map } = withClock(3)
  map.set('a', 1, 100)
  map.set('b', 2, 10)
  map.set('c', 3, 100)
  clock.nowMs = 10
  map.set('d', 4, 100)

  expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([1, undefined, 3, 4])
})

function createOwned(limits: { maxEntries: number; maxBytes?: number; maxEntriesPerOwner?: number }) {
  const keys = (map: ReturnType<typeof create>) => map.values().map(({ id }) => id)
  const create = () =>
    createExpiringMap<{ id: string; owner: string; spent?: boolean; bytes?: number }>({
      ...limits,
      now: () => 0,
      ownerOf: ({ owner }) => owner,
      isSpent: ({ spent = false }) => spent,
      bytesOf: ({ bytes = 0 }) => bytes,
    })
  const map = create()
  return {
    map,
    ids: () => keys(map),
    add: (id: string, owner: string, more: { spent?: boolean; bytes?: number } = {}) => map.set(id, { id, owner, ...more }, 1),
  }
}

test('an owner that asks for more and more pushes out what is its own', () => {
  const { add, ids } = createOwned({ maxEntries: 5 })
  add('victim 1', 'victim')
  add('victim 2', 'victim')
  for (let index = 0; index < 1_000; index += 1) add(`evil ${index}`, 'evil')

  expect(ids()).toEqual(['victim 1', 'victim 2', 'evil 997', 'evil 998', 'evil 999'])
})

test('forgets spent entries before the others, first those of the owner that has most', () => {
  const { add, ids } = createOwned({ maxEntries: 4 })
  add('victim spent', 'victim', { spent: true })
  add('evil 1', 'evil')
  add('evil spent', 'evil', { spent: true })
  add('evil 2', 'evil')
  add('evil 3', 'evil')
  expect(ids()).toEqual(['victim spent', 'evil 1', 'evil 2', 'evil 3'])
  add('evil 4', 'evil')
  expect(ids()).toEqual(['evil 1', 'evil 2', 'evil 3', 'evil 4'])
})

test('keeps within its bytes too, at the cost of the owner that takes most of them', () => {
  const { add, ids, map } = createOwned({ maxEntries: 100, maxBytes: 100 })
  for (const id of ['a', 'b', 'c']) add(id, 'small', { bytes: 10 })
  add('large 1', 'large', { bytes: 60 })
  add('large 2', 'large', { bytes: 60 })
  expect(ids()).toEqual(['a', 'b', 'c', 'large 2'])
  add('too large', 'large', { bytes: 101 })
  expect(map.size).toBe(4)
  map.delete('large 2')
  add('large 3', 'large', { bytes: 70 })
  expect(ids()).toEqual(['a', 'b', 'c', 'large 3'])
})

test('says whether there is room, for an owner and for all', () => {
  const { add, map } = createOwned({ maxEntries: 3, maxEntriesPerOwner: 2 })
  add('1', 'evil')
  add('2', 'evil')
  expect([map.hasRoom('evil'), map.hasRoom('other')]).toEqual([false, true])
  add('3', 'other')
  expect(map.hasRoom('third')).toBe(false)
  map.delete('1')
  expect([map.hasRoom('evil'), map.hasRoom('third')]).toEqual([true, true])
})
