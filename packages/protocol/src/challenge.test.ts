import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChallenge } from './challenge-parser.js'
import { formatChallenge } from './challenge.js'
import { ConfigurationError } from './error.js'

describe('formatChallenge', () => {
  it('writes a scheme alone, as RFC 6750 has it for a request without credentials', () => {
    expect(formatChallenge({ scheme: 'Bearer', params: {} })).toBe('Bearer')
    expect(formatChallenge({ scheme: 'Bearer', params: { error: undefined } })).toBe('Bearer')
  })

  it('writes parameters in their order, quoted, numbers too', () => {
    const params = { error: 'insufficient_user_authentication', acr_values: 'urn:a urn:b', max_age: 5, scope: undefined }
    expect(formatChallenge({ scheme: 'Bearer', params })).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="urn:a urn:b", max_age="5"',
    )
  })

  it('joins several challenges', () => {
    const bearer = { scheme: 'Bearer', params: { realm: 'orders' } }
    const dpop = { scheme: 'DPoP', params: { algs: 'ES256 EdDSA' } }
    expect(formatChallenge([bearer, dpop, { scheme: 'Basic', params: {} }])).toBe('Bearer realm="orders", DPoP algs="ES256 EdDSA", Basic')
    expect([bearer, dpop].map(formatChallenge)).toEqual(['Bearer realm="orders"', 'DPoP algs="ES256 EdDSA"'])
  })

  it('escapes quotes and backslashes', () => {
    expect(formatChallenge({ scheme: 'Bearer', params: { realm: 'a"b\\c' } })).toBe(String.raw`Bearer realm="a\"b\\c"`)
  })

  it.each([
    ['a line break', 'x\r\nSet-Cookie: a=b'],
    ['a bare line feed', 'x\ny'],
    ['a zero', 'x\0'],
    ['a tab', 'x\ty'],
    ['a delete character', 'x\x7f'],
    ['a control character of Latin 1', 'x\u0085'],
    ['a letter of Latin 1', 'é'],
    ['a letter whose low byte is a line feed', '\u010a'],
    ['half of a surrogate pair', '\ud800'],
    ['not a number', Number.NaN],
    ['infinity', Infinity],
  ])('leaves out a parameter with %s and keeps the others', (_, value) => {
    const params = { error: 'invalid_token', error_description: value, scope: 'a' }
    expect(formatChallenge({ scheme: 'Bearer', params })).toBe('Bearer error="invalid_token", scope="a"')
    expect(formatChallenge({ scheme: 'Bearer', params: { error_description: value } })).toBe('Bearer')
  })

  it.each(['', 'Bea rer', 'Bearer,', 'Bearer\r\n', 'Béarer', 'a"', 'a=b'])('refuses %j as the name of a scheme or parameter', (name) => {
    const refusal = new ConfigurationError(
      `${JSON.stringify(name)} cannot name a scheme or a parameter of a challenge: use letters, digits, "-" and "_".`,
    )
    expect(() => formatChallenge({ scheme: name, params: {} })).toThrow(refusal)
    expect(() => formatChallenge({ scheme: 'Bearer', params: { [name]: 'x' } })).toThrow(refusal)
  })

  it('only ever writes printable ASCII, whatever the values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.string({ unit: 'binary' })), (params) => {
        expect(formatChallenge({ scheme: 'Bearer', params })).toMatch(/^[ -~]+$/)
      }),
    )
  })

  it('is read back by parseChallenge as it was', () => {
    const name = fc.stringMatching(/^[a-z0-9!#$%&'*+\-.^_`|~]{1,12}$/)
    const scheme = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,12}$/)
    const params = fc.dictionary(name, fc.stringMatching(/^[ -~]{0,30}$/), { maxKeys: 6 })
    fc.assert(
      fc.property(fc.array(fc.record({ scheme, params }), { minLength: 1, maxLength: 5 }), (challenges) => {
        expect(parseChallenge(formatChallenge(challenges))).toEqual(challenges)
      }),
    )
  })
})
