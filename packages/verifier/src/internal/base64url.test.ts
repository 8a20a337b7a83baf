import { describe, expect, it } from 'vitest'
import { decodeBase64url, isBase64url } from './base64url.js'

describe('decodeBase64url', () => {
  it.each([
    ['', []],
    ['AA', [0]],
    ['AAA', [0, 0]],
    ['AAAA', [0, 0, 0]],
    ['_-8', [255, 239]],
    ['-__-', [251, 255, 254]],
  ])('gives the bytes of %j', (text, bytes) => {
    expect([...(decodeBase64url(text) ?? ['none'])]).toEqual(bytes)
  })

  it.each([
    ['one character more than bytes', 'A'],
    ['five characters', 'AAAAA'],
    ['padding', 'AA=='],
    ['the alphabet of base64', '+/8'],
    ['a space', 'AA A'],
    ['a space before it', ' AAAA'],
    ['a line break at its end', 'AAAA\n'],
    ['a tab', 'AA\tA'],
    ['a zero byte', 'AAA\0'],
    ['a letter of another alphabet', 'AAА\u0410'],
    ['four bits that are thrown away', 'AB'],
    ['the highest of them', 'AI'],
    ['two bits that are thrown away', 'AAB'],
    ['the higher of them', 'AAC'],
  ])('gives nothing for %s', (_, text) => {
    expect(decodeBase64url(text)).toBeUndefined()
    expect(isBase64url(text)).toBe(false)
  })

  it('knows one spelling for each pair of bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
    expect(alphabet.filter((last) => isBase64url(`A${last}`)).join('')).toBe('AQgw')
    expect(alphabet.filter((last) => isBase64url(`AA${last}`)).join('')).toBe('AEIMQUYcgkosw048')
  })
})
