import { expect, test } from 'vitest'
import { createDpopNonces } from './dpop-nonces.js'

test('offers one nonce for a minute, then another, and accepts each for three', () => {
  let time = 0
  const nonces = createDpopNonces({ now: () => time })
  const first = nonces.current()
  time = 59_999
  expect(nonces.current()).toBe(first)
  time = 60_000
  const second = nonces.current()
  expect(second).not.toBe(first)
  time = 179_999
  expect(nonces.accepts(first)).toBe(true)
  time = 180_000
  expect(nonces.accepts(first)).toBe(false)
  expect(nonces.accepts(second)).toBe(true)
})

test('accepts no nonce that it did not offer', () => {
  const nonces = createDpopNonces({ now: () => 0 })
  nonces.current()

  expect(nonces.accepts('')).toBe(false)
  expect(nonces.accepts(createDpopNonces({ now: () => 0 }).current())).toBe(false)
})

test('offers a new nonce when the clock was set back', () => {
  let time = 600_000
  const nonces = createDpopNonces({ now: () => time })
  const first = nonces.current()
  time = 0

  expect(nonces.current()).not.toBe(first)
})
