import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCredentials, type ReadCredentialsOptions } from './credentials.js'
import type { RequestLike } from './request-like.js'

function request(authorization: string | null, url = '/orders'): RequestLike {
  return { method: 'GET', url, headers: { get: (name) => (name.toLowerCase() === 'authorization' ? authorization : null) } }
}

function read(authorization: string | null, options?: ReadCredentialsOptions, url?: string) {
  return readCredentials(request(authorization, url), options)
}

const none = { kind: 'none' }
const malformed = (reason: string) => ({ kind: 'malformed', reason })
const token = (value: string, scheme = 'Bearer') => ({ kind: 'token', scheme, token: value })

describe('the Authorization header', () => {
  it('is none when it is absent or blank', () => {
    expect(read(null)).toEqual(none)
    expect(read('')).toEqual(none)
    expect(read(' \t ')).toEqual(none)
  })

  it('is read from a web-standard Request', () => {
    const headers = { Authorization: 'Bearer abc' }
    expect(readCredentials(new Request('https://api.example.com/orders', { headers }))).toEqual(token('abc'))
  })

  it('that is repeated is malformed, since a Request joins it', () => {
    const headers = new Headers([
      ['authorization', 'Bearer abc'],
      ['authorization', 'Bearer abc'],
    ])
    expect(readCredentials(new Request('https://api.example.com', { headers }))).toEqual(malformed('several_tokens'))
  })

  it('is the only field that a token is taken from: a cookie is none, nor what a proxy or another API calls it', () => {
    const asked: string[] = []
    const get = (name: string) => {
      asked.push(name.toLowerCase())
      return name.toLowerCase() === 'authorization' ? null : 'access_token=abc; Authorization=Bearer abc'
    }
    expect(readCredentials({ method: 'GET', url: '/orders', headers: { get } }, { tokenFrom: { query: true } })).toEqual(none)
    expect(new Set(asked)).toEqual(new Set(['authorization']))
  })

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('carries a bearer token under the scheme %s', (scheme) => {
    expect(read(`${scheme} abc.def-ghi_jkl~mno+pqr/stu==`)).toEqual(token('abc.def-ghi_jkl~mno+pqr/stu=='))
  })

  it.each(['DPoP', 'dpop', 'DPOP'])('carries a DPoP-bound token under the scheme %s', (scheme) => {
    expect(read(`${scheme} abc`)).toEqual(token('abc', 'DPoP'))
  })

  it('may have several spaces after the scheme, and white space around', () => {
    expect(read('  Bearer    abc \t')).toEqual(token('abc'))
  })

  it.each([
    ['Bearer', 'token_missing'],
    ['bearer ', 'token_missing'],
    ['DPoP   ', 'token_missing'],
    ['Bearer abc def', 'token_invalid'],
    ['Bearer\tabc', 'header_invalid'],
    ['Bearer abc=def', 'token_invalid'],
    ['Bearer =', 'token_invalid'],
    ['Bearer ===', 'token_invalid'],
    ['Bearer "abc"', 'token_invalid'],
    ['Bearer realm="x"', 'token_invalid'],
    ['Bearer abc\u0000', 'token_invalid'],
    ['Bearer abc\r\nX: y', 'token_invalid'],
    ['Bearer abc\u00e9', 'token_invalid'],
    ['Bearer ａｂｃ', 'token_invalid'],
    ['Bearer %61bc', 'token_invalid'],
    ['Bearer abc;', 'token_invalid'],
    ['Bearer abc, Bearer def', 'several_tokens'],
    ['Bearer abc,Bearer def', 'several_tokens'],
    ['Bearer abc , DPoP def', 'several_tokens'],
    ['Bearer abc, Basic am9objpwdw==', 'several_tokens'],
    ['Bearer abc,', 'several_tokens'],
    ['Bearer, Bearer abc', 'several_tokens'],
    ['Bearer , Bearer abc', 'several_tokens'],
    ['Basic am9objpwdw==, Bearer abc', 'several_tokens'],
    ['Basic am9objpwdw==,bearer abc', 'several_tokens'],
    ['Digest username="john", realm="x" , , DPoP abc', 'several_tokens'],
    ['Basic am9objpwdw==, Bearer', 'several_tokens'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqb2huIn0.c2ln', 'header_invalid'],
    ['Basic', 'header_invalid'],
    ['Basic  ', 'header_invalid'],
    ['Basic\tabc', 'header_invalid'],
    [', Bearer abc', 'header_invalid'],
    ['"Bearer" abc', 'header_invalid'],
    ['Bearer: abc', 'header_invalid'],
    ['=', 'header_invalid'],
    ['Béarer abc', 'header_invalid'],
  ])('%j is malformed: %s', (header, reason) => {
    expect(read(header)).toEqual(malformed(reason))
  })

  it.each([
    ['Basic am9objpwdw==', 'Basic'],
    ['Digest username="john", realm="Bearer, DPoP"', 'Digest'],
    ['Negotiate YII=', 'Negotiate'],
    ['AWS4-HMAC-SHA256 Credential=a/b, Signature=c', 'AWS4-HMAC-SHA256'],
    ['basic am9objpwdw==', 'basic'],
    ['Token abc, bearerlike def', 'Token'],
  ])('%j carries no access token, but another scheme', (header, otherScheme) => {
    expect(read(header)).toEqual({ kind: 'none', otherScheme })
  })

  it.each(['Bearers abc', 'opaque0secret0token x', 'X-Own abc'])('%j carries no access token, and its scheme is not named', (header) => {
    expect(read(header)).toEqual({ kind: 'none' })
  })

  it('never gives out as a scheme what may be a token', () => {
    const opaque = '_0XBPWQQ_8f1c2f0e-1f43-4e57-9f0c-2f3d0d6a52b1'
    for (const header of [opaque, `${opaque} x`, `${opaque}, ${opaque}`, 'a.b.c x']) {
      expect(JSON.stringify(read(header))).not.toContain(header.slice(0, 5))
    }
  })

  it('gives out the token as it is, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9\-._~+/]+=*$/), (value) => {
        expect(read(`Bearer ${value}`)).toEqual(token(value))
      }),
    )
  })

  it('is answered with one of the three kinds, whatever it holds', () => {
    const start = fc.constantFrom('', 'Bearer ', ' dpop  ', 'Basic ')
    const part = fc.oneof(fc.constantFrom('Bearer', 'DPoP', 'Basic', ' ', ',', '=', '"', '\\', 'a', 'é'), fc.string())
    let tokens = 0
    fc.assert(
      fc.property(start, fc.array(part, { maxLength: 5 }), (scheme, parts) => {
        const header = [scheme, ...parts].join('')
        const credentials = read(header)
        expect(['none', 'token', 'malformed']).toContain(credentials.kind)
        if (credentials.kind !== 'token') return
        tokens += 1
        expect(credentials.token).toMatch(/^[A-Za-z0-9\-._~+/]+=*$/)
        // Nothing of the header is left out but white space.
        expect(header.replaceAll(/^[ \t]+|[ \t]+$/g, '').split(/ +/)).toEqual([
          expect.stringMatching(new RegExp(`^${credentials.scheme}$`, 'i')),
          credentials.token,
        ])
      }),
      { numRuns: 1000 },
    )
    expect(tokens).toBeGreaterThan(20)
  })
})

describe('the length', () => {
  it('of a token may be 16,384 bytes and no more, by default', () => {
    expect(read(`Bearer ${'a'.repeat(16_384)}`)).toEqual(token('a'.repeat(16_384)))
    expect(read(`Bearer ${'a'.repeat(16_385)}`)).toEqual(malformed('token_too_long'))
  })

  it('can be set', () => {
    expect(read('Bearer abcd', { maxTokenBytes: 3 })).toEqual(malformed('token_too_long'))
    expect(read(`Bearer ${'a'.repeat(20_000)}`, { maxTokenBytes: 20_000 })).toEqual(token('a'.repeat(20_000)))
  })

  it('that is not a number lets nothing through', () => {
    expect(read('Bearer abc', { maxTokenBytes: Number.NaN })).toEqual(malformed('token_too_long'))
  })

  it('also limits headers of other schemes', () => {
    expect(read(`Negotiate ${'a'.repeat(70_000)}`)).toEqual(malformed('token_too_long'))
  })

  it.each([
    ['letters', 'Bearer ', 'a'],
    ['padding', 'Bearer a', '='],
    ['spaces', 'Bearer', ' '],
    ['commas', 'Basic a', ','],
    ['schemes', 'Basic a', ', Bearer,'],
    ['quotes', 'Digest ', '"\\'],
    ['a scheme', '', 'a'],
  ])('of 64 kB of %s costs next to nothing', (_, start, filler) => {
    const header = (start + filler.repeat(65_536)).slice(0, 65_536)
    for (const options of [{}, { maxTokenBytes: 65_536 }]) {
      const begun = performance.now()
      for (let count = 0; count < 10; count++) read(header, options)
      expect((performance.now() - begun) / 10).toBeLessThan(100)
    }
  })
})

describe('the access_token parameter', () => {
  const query = { tokenFrom: { query: true } }

  it('is ignored unless it is switched on', () => {
    expect(read(null, {}, '/orders?access_token=abc')).toEqual(none)
    expect(read(null, { tokenFrom: {} }, '/orders?access_token=abc')).toEqual(none)
    expect(read(null, { tokenFrom: { query: false } }, '/orders?access_token=abc')).toEqual(none)
    expect(read('Bearer def', {}, '/orders?access_token=abc')).toEqual(token('def'))
  })

  it.each([
    '/orders?access_token=abc',
    'https://api.example.com/orders?a=b&access_token=abc&c=d',
    '/?access_token=abc#access_token=x',
    '?access%5Ftoken=%61bc',
  ])('is read from %s', (url) => {
    expect(read(null, query, url)).toEqual(token('abc'))
  })

  it.each(['/orders', '/orders?', '/orders?token=abc', '/orders#?access_token=abc', '/access_token=abc'])('is not found in %s', (url) => {
    expect(read(null, query, url)).toEqual(none)
  })

  it.each([
    ['an empty one', '/?access_token=', 'token_missing'],
    ['one without a value', '/?access_token', 'token_missing'],
    ['a space', '/?access_token=a+b', 'token_invalid'],
    ['a character beyond the grammar', '/?access_token=a%00b', 'token_invalid'],
    ['a broken escape', '/?access_token=%zz', 'token_invalid'],
    ['two of them', '/?access_token=abc&access_token=abc', 'several_tokens'],
    ['two of them, one encoded', '/?access_token=abc&%61ccess_token=def', 'several_tokens'],
    ['two, one empty', '/?access_token=abc&access_token=', 'several_tokens'],
    ['one that is too long', `/?access_token=${'a'.repeat(16_385)}`, 'token_too_long'],
  ])('is malformed with %s', (_, url, reason) => {
    expect(read(null, query, url)).toEqual(malformed(reason))
  })

  it('must not come together with a token in the header', () => {
    expect(read('Bearer abc', query, '/?access_token=abc')).toEqual(malformed('several_tokens'))
    expect(read('DPoP abc', query, '/?access_token=abc')).toEqual(malformed('several_tokens'))
  })

  it('does not heal a malformed header', () => {
    expect(read('Bearer', query, '/?access_token=abc')).toEqual(malformed('token_missing'))
  })

  it('may come together with another scheme in the header', () => {
    expect(read('Basic am9objpwdw==', query, '/?access_token=abc')).toEqual(token('abc'))
    expect(read('Basic am9objpwdw==', query, '/')).toEqual({ kind: 'none', otherScheme: 'Basic' })
  })
})

describe('the form parameter', () => {
  it('is used when there is no other token', () => {
    expect(read(null, { formToken: 'abc' })).toEqual(token('abc'))
  })

  it.each([
    ['empty', '', 'token_missing'],
    ['with a space', 'a b', 'token_invalid'],
    ['padded by spaces', ' abc', 'token_invalid'],
  ])('is malformed when it is %s', (_, formToken, reason) => {
    expect(read(null, { formToken })).toEqual(malformed(reason))
  })

  it('must not come together with a token in the header or in the query', () => {
    expect(read('Bearer abc', { formToken: 'abc' })).toEqual(malformed('several_tokens'))
    expect(read(null, { formToken: 'abc', tokenFrom: { query: true } }, '/?access_token=abc')).toEqual(malformed('several_tokens'))
  })
})
