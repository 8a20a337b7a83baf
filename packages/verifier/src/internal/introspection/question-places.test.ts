import { expect, it } from 'vitest'
import { createQuestionPlaces } from './question-places.js'

const start = 1_000_000

function setUp() {
  const places = createQuestionPlaces({ places: 2, goneAfterMs: 1000 })
  return { take: (afterMs: number) => places.take(start + afterMs) }
}

it('there are so many places, and one that is left is free at once', () => {
  const { take } = setUp()
  const leave = take(0)
  take(0)
  expect(take(0)).toBe(undefined)
  leave?.()
  expect(take(0)).toBeTypeOf('function')
  expect(take(0)).toBe(undefined)
})

it('each place is free by itself when nobody can be in it any more, and not before', () => {
  const { take } = setUp()
  take(0)
  take(600)
  expect(take(999)).toBe(undefined)
  expect(take(1000)).toBeTypeOf('function')
  expect(take(1599)).toBe(undefined)
  expect(take(1600)).toBeTypeOf('function')
})

it('whoever turns up after all leaves no place but their own', () => {
  const { take } = setUp()
  const late = take(0)
  take(1000)
  take(1000)
  late?.()
  late?.()
  expect(take(1000)).toBe(undefined)
})

it('a clock that is set back far makes room, and one that gives no number does not', () => {
  const { take } = setUp()
  take(0)
  take(0)
  expect(take(Number.NaN)).toBe(undefined)
  expect(take(-1000)).toBeTypeOf('function')
})
