import { describe, expect, it } from 'vitest'
import { proofClaims } from '../../../../test/dpop-fixture.js'
import { verdict } from '../../../../test/verdict.js'
import { readProofClaims } from './proof-claims.js'

const encode = (value: string | Uint8Array) => Buffer.from(value).toString('base64url')
const read = (members: object) => readProofClaims(encode(JSON.stringify(members)))
const claims = { ...proofClaims(), jti: 'e1j3V_bKic8-LAEB' }

describe('readProofClaims', () => {
  it('gives the claims of a proof, and leaves out what it does not know', () => {
    expect(read({ ...claims, extension: 1 })).toEqual({ ...claims, nonce: undefined })
    expect(read({ ...claims, nonce: 'n-0S6' })).toEqual({ ...claims, nonce: 'n-0S6' })
  })

  it.each(['jti', 'htm', 'htu', 'iat', 'ath'])('requires %s', (name) => {
    expect(verdict(() => read({ ...claims, [name]: undefined }))).toBe('dpop_proof_invalid')
    expect(() => read({ ...claims, [name]: undefined })).toThrow(`it has no ${name}`)
  })

  it.each(['jti', 'htm', 'htu', 'ath', 'nonce'])('requires %s to be a string', (name) => {
    for (const value of [null, 1, true, ['a'], {}]) {
      expect(verdict(() => read({ ...claims, [name]: value }))).toBe('dpop_proof_invalid')
    }
  })

  it.each(['1e999', '-1', '"1767225600"', 'null', '[1767225600]', 'true'])('does not take %s for iat', (json) => {
    const payload = encode(JSON.stringify(claims).replace(/"iat":\d+/, `"iat":${json}`))
    expect(verdict(() => readProofClaims(payload))).toBe('dpop_proof_invalid')
  })

  it('takes a jti of 1 to 256 characters', () => {
    expect(verdict(() => read({ ...claims, jti: 'j'.repeat(256) }))).toBe('accepted')
    expect(verdict(() => read({ ...claims, jti: 'j'.repeat(257) }))).toBe('dpop_proof_invalid')
    expect(verdict(() => read({ ...claims, jti: '' }))).toBe('dpop_proof_invalid')
  })

  it('takes no claim from a prototype', () => {
    const inherited = `{"__proto__":${JSON.stringify(claims)}}`
    expect(() => readProofClaims(encode(inherited))).toThrow('it has no jti')
    for (const name of ['htm', 'iat'] as const) {
      Reflect.defineProperty(Object.prototype, name, { value: claims[name], configurable: true })
      try {
        expect(() => read({ ...claims, [name]: undefined })).toThrow(`it has no ${name}`)
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
    }
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['no UTF-8', Buffer.from(JSON.stringify({ ...claims, extension: '\u00ff' }), 'latin1')],
  ])('refuses a payload that is %s', (_, payload) => {
    expect(verdict(() => readProofClaims(encode(payload)))).toBe('dpop_proof_invalid')
    expect(() => readProofClaims(encode(payload))).toThrow('its claims are no JSON object')
  })

  it('takes claims of eight levels and no more', () => {
    expect(verdict(() => read({ ...claims, extension: [[[[[[[]]]]]]] }))).toBe('accepted')
    expect(() => read({ ...claims, extension: [[[[[[[[]]]]]]]] })).toThrow('its claims are no JSON object')
  })
})
