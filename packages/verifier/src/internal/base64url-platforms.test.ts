import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasBase64urlAlphabet as onNode } from './platform/node.js'
import { hasBase64urlAlphabet as portable } from './platform/portable.js'

/** Base64url, and what decoders are lenient about: the other alphabet, padding, white space, other scripts. */
const character = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...'ABCXYZabcxyz0189-_'.split('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '+',
      '/',
      '=',
      ' ',
      '\n',
      '\t',
      '\0',
      '.',
      ',',
      '"',
      '\x7f',
      'À',
      'ÿ',
      'А',
      '\u{2014}',
      '\ufffd',
      '\ud800',
      '\u{1f511}',
      // Node's decoder looks at the lower half of a unit alone: that of these is in the alphabet.
      '\u0141',
      '\u015f',
      '\u012d',
      '\u2661',
      '\uff39',
    ),
  },
)
const possible = (text: string) => text.length % 4 !== 1

describe('the alphabet of base64url', () => {
  it('is told alike on both platforms, whatever a decoder would be lenient about', () => {
    const text = fc.array(character, { maxLength: 40 }).map((list) => list.join(''))
    fc.assert(
      fc.property(text.filter(possible), (candidate) => {
        expect(onNode(candidate)).toBe(portable(candidate))
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([0, 1, 2, 3])('has no place for a foreign character, %i from the end', (fromEnd) => {
    for (const length of [4, 6, 7, 8, 10, 11, 342, 683, 21_844, 21_846, 21_847, 22_000]) {
      for (const foreign of ['+', '/', '=', ' ', '\n', '\0', 'é', '\u0100', '\u0141', '\u012d', '\uff5f']) {
        const at = Math.max(0, length - 1 - fromEnd)
        const text = `${'A'.repeat(at)}${foreign}${'A'.repeat(length - at - 1)}`
        expect({ length, foreign, accepted: onNode(text) }).toEqual({ length, foreign, accepted: false })
        expect(onNode('A'.repeat(length))).toBe(true)
      }
    }
  })
})
