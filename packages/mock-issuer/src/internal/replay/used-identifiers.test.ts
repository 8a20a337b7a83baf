import { expect, test } from 'vitest'
import { createUsedIdentifiers } from './used-identifiers.js'

const used = 'was used before'
const full = expect.objectContaining({ code: 'temporarily_unavailable', status: 503 })

test('takes an identifier once while its time lasts', () => {
  let time = 1_000
  const identifiers = createUsedIdentifiers({ now: () => time })

  expect(identifiers.take('client-assertion', 'app', 'one', 2_000)).toBe(undefined)
  expect(identifiers.take('client-assertion', 'app', 'one', 2_000)).toBe(used)
  expect(identifiers.take('client-assertion', 'app', 'two', 2_000)).toBe(undefined)
  time = 2_000
  expect(identifiers.take('client-assertion', 'app', 'one', 3_000)).toBe(undefined)
})

test('keeps the identifiers of two owners apart, whatever they are made of, and those of two uses', () => {
  const identifiers = createUsedIdentifiers({ now: () => 0 })

  expect(identifiers.take('dpop-proof', 'a', 'b c', 1)).toBe(undefined)
  expect(identifiers.take('dpop-proof', 'a b', 'c', 1)).toBe(undefined)
  expect(identifiers.take('dpop-proof', 'a","b', 'c', 1)).toBe(undefined)
  expect(identifiers.take('dpop-proof', 'a', 'b","c', 1)).toBe(undefined)
  expect(identifiers.take('assertion-grant', 'a', 'b c', 1)).toBe(undefined)
})

test('an owner that uses more and more is refused, and makes nothing be forgotten', () => {
  let time = 0
  const identifiers = createUsedIdentifiers({ now: () => time })
  identifiers.take('client-assertion', 'app', 'one', 10)
  for (let index = 0; index < 5_000; index += 1) identifiers.take('client-assertion', 'evil', String(index), 10)

  expect(() => identifiers.take('client-assertion', 'evil', 'further', 10)).toThrow(full)
  expect(identifiers.take('client-assertion', 'app', 'one', 10)).toBe(used)
  expect(identifiers.take('client-assertion', 'evil', '0', 10)).toBe(used)
  expect(identifiers.take('client-assertion', 'app', 'two', 10)).toBe(undefined)
  time = 10
  expect(identifiers.take('client-assertion', 'evil', 'further', 20)).toBe(undefined)
})

test('many owners are refused rather than that anything is forgotten, and other uses go on', () => {
  const identifiers = createUsedIdentifiers({ now: () => 0 })
  identifiers.take('dpop-proof', 'app', 'one', 10)
  for (let index = 0; index < 19_999; index += 1) identifiers.take('dpop-proof', `key ${index}`, 'x', 10)

  expect(identifiers.take('dpop-proof', 'app', 'one', 10)).toBe(used)
  expect(() => identifiers.take('dpop-proof', 'app', 'two', 10)).toThrow(full)
  expect(identifiers.take('client-assertion', 'app', 'two', 10)).toBe(undefined)
})
