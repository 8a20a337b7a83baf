import { describe, expect, it } from 'vitest'
import { encodings } from '../../test/other-encodings.js'
import { verdict } from '../../test/verdict.js'
import { parseCompactJws } from './compact-jws.js'

const limits = { maxTokenBytes: 1000 }

function encode(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64url')
}

/** The header alone decides here; payload and signature are stand-ins. */
function parseHeader(header: string | Uint8Array) {
  return parseCompactJws(`${encode(header)}.e30.AAAA`, limits).header
}

describe('the form of a compact JWS', () => {
  it.each([
    ['three parts', 'e30.e30.AAAA', 'accepted'],
    ['an empty payload', 'e30..AAAA', 'accepted'],
    ['an empty signature', 'e30.e30.', 'accepted'],
    ['an empty header', '.e30.AAAA', 'token_malformed'],
    ['the empty string', '', 'token_malformed'],
    ['a space', ' ', 'token_malformed'],
    ['one part', 'e30', 'token_malformed'],
    ['two parts', 'e30.e30', 'token_malformed'],
    ['four parts', 'e30.e30.AAAA.AAAA', 'token_malformed'],
    ['five parts', 'e30.AAAA.AAAA.AAAA.AAAA', 'token_encrypted'],
    ['five empty parts', '....', 'token_malformed'],
    ['five parts that are not base64url', 'e30.,.,.,.,', 'token_malformed'],
    ['six parts', 'e30.AAAA.AAAA.AAAA.AAAA.AAAA', 'token_malformed'],
    ['a thousand parts', '.'.repeat(999), 'token_malformed'],
    ['a padded header', 'e30=.e30.AAAA', 'token_malformed'],
    ['a payload in base64', 'e30.+/8.AAAA', 'token_malformed'],
    ['a space in the payload', 'e30.e3 0.AAAA', 'token_malformed'],
    ['a line break in the payload', 'e30.e3\r\n0AA.AAAA', 'token_malformed'],
    ['a letter whose lower half is in the alphabet', 'e30.e\u01330A.AAAA', 'token_malformed'],
    ['a signature with bits thrown away', 'e30.e30.AB', 'token_malformed'],
    ['a line break at the end', 'e30.e30.AAAA\n', 'token_malformed'],
    ['a space at the start', ' e30.e30.AAAA', 'token_malformed'],
    ['the scheme before it', 'Bearer e30.e30.AAAA', 'token_malformed'],
    ['quotes around it', '"e30.e30.AAAA"', 'token_malformed'],
    ['a zero byte', 'e30.e30.AAA\0', 'token_malformed'],
  ])('with %s', (_, token, expected) => {
    expect(verdict(() => parseCompactJws(token, limits))).toBe(expected)
  })

  it.each([undefined, null, 42, {}, ['e30.e30.AAAA'], new Uint8Array(3)])('refuses %o, which is not a string', (token) => {
    expect(verdict(() => parseCompactJws(token as never, limits))).toBe('token_malformed')
  })

  it('may be as long as the limit, and is not looked at beyond', () => {
    const token = `e30.${'A'.repeat(991)}.AAAA`
    expect(token).toHaveLength(1000)
    expect(verdict(() => parseCompactJws(token, limits))).toBe('accepted')
    expect(verdict(() => parseCompactJws(`${token}A`, limits))).toBe('token_too_large')
    expect(() => parseCompactJws('x'.repeat(1e6), limits)).toThrow('the token is larger than maxTokenBytes: 1000000 characters')
  })
})

describe('the header of a compact JWS', () => {
  it('is given as it was sent', () => {
    expect(parseHeader('{"alg":"ES256","kid":"2026","x":[1]}')).toEqual({ alg: 'ES256', kid: '2026', x: [1] })
  })

  it.each([
    ['an object', '{}', 'accepted'],
    ['an array', '[]', 'header_malformed'],
    ['null', 'null', 'header_malformed'],
    ['a string', '"alg"', 'header_malformed'],
    ['no JSON', '{', 'header_malformed'],
    ['something after the object', '{}{}', 'header_malformed'],
    ['a trailing comma', '{"alg":"ES256",}', 'header_malformed'],
    ['a comment', '{/**/}', 'header_malformed'],
    ['a byte order mark', '\ufeff{}', 'header_malformed'],
    ['eight levels', `{"a":${'['.repeat(7)}${']'.repeat(7)}}`, 'accepted'],
    ['nine levels', `{"a":${'['.repeat(8)}${']'.repeat(8)}}`, 'header_malformed'],
    ['a kid that is a number', '{"kid":1}', 'header_malformed'],
    ['a kid that is null', '{"kid":null}', 'header_malformed'],
    ['a kid that is a list', '{"kid":["a"]}', 'header_malformed'],
  ])('with %s', (_, header, expected) => {
    expect(verdict(() => parseHeader(header))).toBe(expected)
  })

  it.each(encodings)('in %s is refused', (_, inEncoding) => {
    expect(verdict(() => parseHeader(inEncoding('{"alg":"ES256"}')))).toBe('header_malformed')
  })

  it('has the last of duplicate members', () => {
    expect(parseHeader('{"alg":"none","alg":"ES256"}')).toEqual({ alg: 'ES256' })
  })

  it('gets no prototype from a member named __proto__', () => {
    expect(parseHeader('{"__proto__":{"alg":"ES256","kid":"x"}}').kid).toBeUndefined()
  })

  it('does not show in the message', () => {
    expect(() => parseHeader('{"secret-in-a-broken-header')).toThrow(/^the JOSE header is malformed: not JSON in UTF-8$/)
  })
})
