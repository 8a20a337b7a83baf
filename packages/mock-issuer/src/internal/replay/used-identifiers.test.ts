import { expect, test } from 'vitest'
import { createUsedIdentifiers } from './used-identifiers.js'

test('takes an identifier once while its time lasts', () => {
  let time = 1_000
  const used = createUsedIdentifiers({ now: () => time })

  expect(used.take('app', 'one', 2_000)).toBe(true)
  expect(used.take('app', 'one', 2_000)).toBe(false)
  expect(used.take('app', 'two', 2_000)).toBe(true)
  time = 2_000
  expect(used.take('app', 'one', 3_000)).toBe(true)
})

test('keeps the identifiers of two owners apart, whatever they are made of', () => {
  const used = createUsedIdentifiers({ now: () => 0 })

  expect(used.take('a', 'b c', 1)).toBe(true)
  expect(used.take('a b', 'c', 1)).toBe(true)
  expect(used.take('a","b', 'c', 1)).toBe(true)
  expect(used.take('a', 'b","c', 1)).toBe(true)
})

test('forgets the oldest beyond its limit', () => {
  const used = createUsedIdentifiers({ now: () => 0 })
  for (let index = 0; index <= 10_000; index += 1) used.take('app', String(index), 1)

  expect(used.take('app', '10000', 1)).toBe(false)
  expect(used.take('app', '0', 1)).toBe(true)
})
