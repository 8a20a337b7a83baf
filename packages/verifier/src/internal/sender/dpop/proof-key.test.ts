import { describe, expect, it } from 'vitest'
import { createProofKey } from '../../../../test/dpop-fixture.js'
import { verdict } from '../../../../test/verdict.js'
import { readProofKey } from './proof-key.js'

const ec = await createProofKey('ES256')
const rsa = await createProofKey('RS256')
const okp = await createProofKey('EdDSA')

describe('readProofKey', () => {
  it('gives the public key of the header', () => {
    expect(readProofKey({ jwk: ec.jwk }, 'ES256').jwk).toEqual(ec.jwk)
    expect(readProofKey({ jwk: rsa.jwk }, 'PS384').jwk).toEqual(rsa.jwk)
    expect(readProofKey({ jwk: okp.jwk }, 'Ed25519').jwk).toEqual(okp.jwk)
  })

  it.each([
    ['an EC', ec, 'ES256'],
    ['an RSA', rsa, 'RS256'],
    ['an OKP', okp, 'EdDSA'],
  ] as const)('refuses %s key with its private members, or any one of them', (_, { jwk, privateJwk }, alg) => {
    const secrets = Object.keys(privateJwk).filter((name) => !(name in jwk))
    expect(secrets).toContain('d')
    for (const name of secrets) {
      expect(() => readProofKey({ jwk: { ...jwk, [name]: Reflect.get(privateJwk, name) as unknown } }, alg)).toThrow(
        'it is not a public key',
      )
      expect(verdict(() => readProofKey({ jwk: { ...jwk, [name]: null } }, alg))).toBe('dpop_proof_invalid')
    }
  })

  it.each([undefined, null, '', 'key', 1, [], {}, { kty: 'oct', k: 'AAAA' }, { kty: 'EC' }])('does not take %j for a key', (jwk) => {
    expect(verdict(() => readProofKey({ jwk }, 'ES256'))).toBe('dpop_proof_invalid')
  })

  it.each([
    ['of another algorithm', { alg: 'ES384' }],
    ['with an algorithm of another type', { alg: 'RS256' }],
    ['with a symmetric algorithm', { alg: 'HS256' }],
    ['for encryption', { use: 'enc' }],
    ['for signing alone', { key_ops: ['sign'] }],
    ['with a kid that is no string', { kid: 1 }],
    ['of another curve', { crv: 'P-384' }],
    ['of a curve that is not supported', { crv: 'secp256k1' }],
    ['of another type', { kty: 'RSA' }],
    ['with a coordinate that is not base64url', { x: 'a+b/' }],
  ])('refuses a key that contradicts the header: %s', (_, members) => {
    expect(verdict(() => readProofKey({ jwk: { ...ec.jwk, ...members } }, 'ES256'))).toBe('dpop_proof_invalid')
  })

  it('takes a key that says of itself what holds', () => {
    const jwk = { ...ec.jwk, alg: 'ES256', use: 'sig', key_ops: ['verify'], kid: 'key', ext: true }
    expect(verdict(() => readProofKey({ jwk }, 'ES256'))).toBe('accepted')
  })

  it.each([
    ['a modulus of 1024 bits', { n: Buffer.alloc(128, 0xff).toString('base64url') }],
    ['a modulus of 16,384 bits', { n: Buffer.alloc(2048, 0xff).toString('base64url') }],
    ['the exponent 1', { e: 'AQ' }],
    ['an exponent as large as the modulus', { e: Buffer.alloc(256, 0xff).toString('base64url') }],
  ])('refuses an RSA key with %s', (_, members) => {
    expect(verdict(() => readProofKey({ jwk: { ...rsa.jwk, ...members } }, 'RS256'))).toBe('dpop_proof_invalid')
  })
})
