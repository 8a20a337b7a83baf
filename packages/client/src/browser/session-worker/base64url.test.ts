import { base64url } from 'jose'
import { expect, test } from 'vitest'
import { formatBase64url, parseBase64url, parseJwtPart } from './base64url.js'

test('writes and reads what others do', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_value, index) => index)
  for (let length = 0; length < 5; length++) {
    const text = formatBase64url(bytes.slice(250 - length))
    expect(text).toBe(base64url.encode(bytes.slice(250 - length)))
    expect(parseBase64url(text)).toEqual(bytes.slice(250 - length))
  }
  expect(formatBase64url('Jürgen')).toBe(base64url.encode('Jürgen'))
  expect(() => parseBase64url('a')).toThrow()
})

test.each(['null', '5', '"text"', '{', ''])('finds nothing in a part that is %s', (text) => {
  expect(parseJwtPart(`${base64url.encode(text)}.e30.c2ln`, 0)).toEqual({})
})

test('finds nothing in what is no compact JWS', () => {
  for (const jwt of ['', '..', 'eyJhIjoxfQ', 'eyJhIjoxfQ.eyJhIjoxfQ', 'eyJhIjoxfQ.eyJhIjoxfQ..', '*.e30.c2ln'])
    expect(parseJwtPart(jwt, 0)).toEqual({})
  expect(parseJwtPart('eyJhIjoxfQ.eyJiIjoyfQ.', 1)).toEqual({ b: 2 })
})
