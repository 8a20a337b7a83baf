import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChallenge } from './challenge-parser.js'

const bearer = { scheme: 'Bearer', params: {} }

describe('parseChallenge', () => {
  it('reads the challenges that RFC 9110 §11.6.1 gives as an example', () => {
    expect(parseChallenge('Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""')).toEqual([
      { scheme: 'Basic', params: { realm: 'simple' } },
      { scheme: 'Newauth', params: { realm: 'apps', type: '1', title: 'Login to "apps"' } },
    ])
  })

  it.each([
    ['nothing', '', []],
    ['white space and empty elements', ' ,\t, ,', []],
    ['a scheme alone', 'Bearer', [bearer]],
    ['schemes alone', 'Negotiate, Bearer ,Basic', [{ scheme: 'Negotiate', params: {} }, bearer, { scheme: 'Basic', params: {} }]],
    ['empty elements of the list', ',, Bearer a=b ,, , c="d" , ,', [{ scheme: 'Bearer', params: { a: 'b', c: 'd' } }]],
    ['spaces around the equals sign', 'Bearer error \t=  "a",b= c', [{ scheme: 'Bearer', params: { error: 'a', b: 'c' } }]],
    ['names in any case', 'bEARER Error="A"', [{ scheme: 'bEARER', params: { error: 'A' } }]],
    ['empty values', 'Bearer realm=""', [{ scheme: 'Bearer', params: { realm: '' } }]],
    ['commas and schemes in a quoted value', 'Bearer a="x, Basic y=z", b=c', [{ scheme: 'Bearer', params: { a: 'x, Basic y=z', b: 'c' } }]],
    ['escapes of any character', String.raw`Bearer a="\x\\\"\,"`, [{ scheme: 'Bearer', params: { a: 'x\\",' } }]],
    ['a token68', 'Negotiate YII+/a-._~==', [{ scheme: 'Negotiate', params: {}, token68: 'YII+/a-._~==' }]],
    ['a token68 that looks like a name', 'X realm=', [{ scheme: 'X', params: {}, token68: 'realm=' }]],
    [
      'a token68 between challenges',
      'Bearer a=b, NTLM TlRM , Basic realm="c"',
      [
        { scheme: 'Bearer', params: { a: 'b' } },
        { scheme: 'NTLM', params: {}, token68: 'TlRM' },
        { scheme: 'Basic', params: { realm: 'c' } },
      ],
    ],
    ['bytes above ASCII in a quoted value', 'Bearer realm="caf\u00e9"', [{ scheme: 'Bearer', params: { realm: 'caf\u00e9' } }]],
  ])('reads %s', (_, header, expected) => {
    expect(parseChallenge(header)).toEqual(expected)
  })

  it.each([
    ['a quoted value that does not end', 'Bearer error="invalid'],
    ['a quoted value that ends in a backslash', 'Bearer error="invalid\\'],
    ['a control character in a quoted value', 'Bearer error="a\u0000b"'],
    ['a delete character in a quoted value', 'Bearer error="a\u007fb"'],
    ['an escaped control character', 'Bearer error="a\\\nb"'],
    ['a character that no byte holds', 'Bearer error="\u20ac"'],
    ['no value', 'Bearer a=, b=c'],
    ['no comma between parameters', 'Bearer a="b" c="d"'],
    ['an unquoted value with a slash', 'Bearer uri=https://example.com'],
    ['a parameter that occurs twice', 'Bearer error="a", ERROR="b"'],
    ['a parameter after a token68', 'Bearer abc, a=b'],
    ['no scheme', '="a"'],
    ['a quote for a scheme', '"Bearer" a=b'],
    ['a tab after the scheme', 'Bearer\ta=b'],
  ])('drops the challenge with %s and what follows it, not what came before', (_, fault) => {
    const before = { scheme: 'DPoP', params: { algs: 'ES256' } }
    expect(parseChallenge(fault).filter(({ params }) => Object.keys(params).length > 0)).toEqual([])
    const [first, ...others] = parseChallenge(`DPoP algs="ES256", ${fault}, Basic realm="x"`)
    expect(first).toEqual(before)
    expect(others.map(({ scheme }) => scheme)).not.toContain('Basic')
  })

  it('finds nothing in a challenge whose first parameter has no name', () => {
    expect(parseChallenge('Bearer ="a"')).toEqual([])
  })

  it('drops all of a broken challenge, so that no half of it is acted upon', () => {
    expect(parseChallenge('DPoP algs="ES256", Bearer scope="a", error="b, Basic realm="x"')).toEqual([
      { scheme: 'DPoP', params: { algs: 'ES256' } },
    ])
  })

  it('gives names of object members no meaning', () => {
    const [challenge] = parseChallenge('Bearer __proto__="x", constructor="y"')
    expect(Object.entries(challenge?.params ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(parseChallenge('Bearer a=b')[0]?.params.constructor).toBe(undefined)
  })

  it('reads 16,384 characters and no more', () => {
    const header = `Bearer a="${'b'.repeat(16_384 - 11)}"`
    expect(header.length).toBe(16_384)
    expect(parseChallenge(header)).toHaveLength(1)
    expect(parseChallenge(`${header} `)).toEqual([])
  })

  it('reads 32 challenges of 64 parameters and no more', () => {
    expect(parseChallenge(Array.from({ length: 40 }, () => 'Bearer').join(', '))).toHaveLength(32)
    const params = (count: number) => Array.from({ length: count }, (_, index) => `p${index}=x`).join(', ')
    expect(Object.keys(parseChallenge(`Bearer ${params(64)}`)[0]?.params ?? {})).toHaveLength(64)
    expect(parseChallenge(`Bearer ${params(65)}`)).toEqual([])
  })

  it.each(['Bearer a="\\', '",', 'Bearer a="', 'a=b,', 'a ,', 'Bearer ,', '" "\\'])('takes next to no time for 16 kB of %j', (filler) => {
    const header = filler.repeat(16_384).slice(0, 16_384)
    const begun = performance.now()
    parseChallenge(header)
    expect(performance.now() - begun).toBeLessThan(100)
  })

  it('never throws, and what it gives is well-formed', () => {
    const unit = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('a', ' ', ',', '=', 'é', '\t') },
      fc.constantFrom('\\', '"', '€', '\0', '\x7f'),
    )
    const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('error', 'Scope', 'realm', 'algs') }, fc.constantFrom('a é', '', '"'))
    const param = fc.tuple(names, fc.string({ unit, maxLength: 4 })).map(([name, text]) => `${name}="${text}"`)
    const part = fc.oneof(
      param,
      param,
      fc.constantFrom('Bearer ', 'DPoP x=y'),
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    )
    let params = 0
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom(', ', ',', ''), (parts, separator) => {
        for (const challenge of parseChallenge(`Bearer ${parts.join(separator)}`)) {
          const found = Object.keys(challenge.params)
          params += found.length
          for (const name of [challenge.scheme, ...found]) expect(name).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/)
          expect(Object.values(challenge.params).join('')).toMatch(/^[\t -~\u0080-\u00ff]*$/)
        }
      }),
      { numRuns: 1000 },
    )
    expect(params).toBeGreaterThan(50)
  })
})
