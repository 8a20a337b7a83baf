import { expect, it } from 'vitest'
import { ownCopyOf } from './own-copy.js'

it.each(['', 'eyJhbGciOiJFUzI1NiJ9', '"\\\u2028', 'é\ud800'])('is the same text, whatever is in it: %j', (text) => {
  expect(ownCopyOf(text)).toBe(text)
})
