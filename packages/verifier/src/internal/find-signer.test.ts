import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import type { VerificationKey } from '../key-source.js'
import { isSameKey } from './find-signer.js'

function keyOf(jwk: JWK): VerificationKey {
  return { kid: jwk.kid, algorithms: [], jwk, signed: () => false }
}

const rsa: JWK = { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: '2026', alg: 'RS256', use: 'sig' }
const ec: JWK = { kty: 'EC', crv: 'P-256', x: 'AQAB', y: 'AQAC', kid: '2026', alg: 'ES256' }

describe('isSameKey', () => {
  it.each<[string, JWK, JWK]>([
    ['kty', ec, { kty: 'OKP' }],
    ['crv', ec, { crv: 'P-384' }],
    ['x', ec, { x: 'AQAD' }],
    ['y', ec, { y: 'AQAD' }],
    ['n', rsa, { n: 'AQAD' }],
    ['e', rsa, { e: 'Aw' }],
  ])('tells a key that differs in %s alone', (_, jwk, other) => {
    expect(isSameKey(keyOf(jwk), keyOf({ ...jwk, ...other }))).toBe(false)
    expect(isSameKey(keyOf({ ...jwk, ...other }), keyOf(jwk))).toBe(false)
  })

  it.each([rsa, ec])('takes a key for the same that is called something else, or may do something else: %j', (jwk) => {
    expect(isSameKey(keyOf(jwk), keyOf({ ...jwk, kid: '2027', alg: 'none', use: 'enc' }))).toBe(true)
  })
})
