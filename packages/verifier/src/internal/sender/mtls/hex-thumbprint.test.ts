import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { thumbprintOfHex } from './hex-thumbprint.js'

const hash = (text: string) => createHash('sha256').update(text)

it('writes a SHA-256 as base64url, whatever is in it', () => {
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) {
    expect(thumbprintOfHex(hash(text).digest('hex'))).toBe(hash(text).digest('base64url'))
    expect(thumbprintOfHex(hash(text).digest('hex').toUpperCase())).toBe(hash(text).digest('base64url'))
  }
})

it.each([
  ['a SHA-1', createHash('sha1').update('a').digest('hex')],
  ['one digit too few', 'a'.repeat(63)],
  ['one digit too many', 'a'.repeat(65)],
  ['what is not hexadecimal', `${'a'.repeat(63)}g`],
  ['bytes between colons', 'ab:'.repeat(21) + 'a'],
  ['nothing', ''],
])('gives nothing for %s', (_, text) => {
  expect(thumbprintOfHex(text)).toBe(undefined)
})
