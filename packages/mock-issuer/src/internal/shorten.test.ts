import { expect, test } from 'vitest'
import { shorten } from './shorten.js'

test.each([
  ['', 3, ''],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a😀bcd', 3, 'a…'],
  ['a😀bcd', 4, 'a😀…'],
])('shortens %j to %i: %j', (text, maxCharacters, expected) => {
  expect(shorten(text, maxCharacters)).toBe(expected)
})
