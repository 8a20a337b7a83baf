import { expect, test } from 'vitest'
import { createUserCode, normalizeUserCode } from './user-code.js'

test('makes codes of eight letters without vowels, with a dash in the middle', () => {
  for (let index = 0; index < 200; index += 1) expect(createUserCode()).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
})

test('uses every letter', () => {
  const letters = new Set(Array.from({ length: 500 }, createUserCode).join('').replaceAll('-', ''))

  expect([...letters].toSorted((a, b) => a.localeCompare(b)).join('')).toBe('BCDFGHJKLMNPQRSTVWXZ')
})

test.each(['WDJB-MJHT', 'wdjb-mjht', 'WDJBMJHT', ' wdjb mjht ', 'W.D.J.B_MJHT'])('reads %j as the same code', (text) => {
  expect(normalizeUserCode(text)).toBe('WDJBMJHT')
})

test('does not read a letter that no code has as if it were not there', () => {
  expect(normalizeUserCode('AWDJB-MJHT')).not.toBe('WDJBMJHT')
})
