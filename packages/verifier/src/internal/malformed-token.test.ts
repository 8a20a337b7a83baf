import { describe, expect, it } from 'vitest'
import { parseCompactJws } from './compact-jws.js'

describe('a token that is no JWT', () => {
  it.each([
    [
      '2YotnFZFEjr1zCsicMWpAA',
      'it has one part, and a JWT three: an opaque token is for createIntrospectionVerifier or createHybridVerifier',
    ],
    [
      'b64+token/without=dots~',
      'it has one part, and a JWT three: an opaque token is for createIntrospectionVerifier or createHybridVerifier',
    ],
    ['e30.e30', 'it has 2 parts, and a JWT three'],
    ['e30.e30.AAAA.AAAA', 'it has 4 parts, and a JWT three'],
    ['e30.AAAA.AAAA.AAAA.AAAA.AAAA.AAAA', 'it has more than 5 parts, and a JWT three'],
    ['', 'it is empty'],
    ['e30.e30.+/8', 'a part is not base64url'],
  ])('such as %j is refused with what is wrong with it', (token, detail) => {
    expect(() => parseCompactJws(token, { maxTokenBytes: 1000 })).toThrow(expect.objectContaining({ code: 'token_malformed', detail }))
  })
})
