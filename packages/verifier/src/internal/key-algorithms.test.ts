import { describe, expect, it } from 'vitest'
import { algorithmsOfType } from './key-algorithms.js'

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

/** A modulus of so many bits, with zero bytes before it; only its length is looked at. */
function modulus(bits: number, leadingZeroBytes = 0): string {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff)
  bytes[0] = 0xff >> (bytes.length * 8 - bits)
  return Buffer.concat([Buffer.alloc(leadingZeroBytes), bytes]).toString('base64url')
}

function encode(...bytes: number[]): string {
  return Buffer.from(bytes).toString('base64url')
}

describe('an RSA key', () => {
  it.each([
    [1024, 0, 'its RSA modulus has 1024 bits, not 2048 to 8192'],
    [2041, 0, 'its RSA modulus has 2041 bits, not 2048 to 8192'],
    [2047, 0, 'its RSA modulus has 2047 bits, not 2048 to 8192'],
    [2048, 0, rsa],
    [2049, 0, rsa],
    [8192, 0, rsa],
    [8193, 0, 'its RSA modulus has 8193 bits, not 2048 to 8192'],
    [1024, 128, 'its RSA modulus has 1024 bits, not 2048 to 8192'],
    [2047, 1, 'its RSA modulus has 2047 bits, not 2048 to 8192'],
    [2048, 1, rsa],
    [2049, 2, rsa],
    [8192, 1, rsa],
    [8193, 1, 'its RSA modulus has 8193 bits, not 2048 to 8192'],
  ])('of %d bits after %d zero bytes', (bits, zeroBytes, expected) => {
    expect(algorithmsOfType({ kty: 'RSA', n: modulus(bits, zeroBytes), e: 'AQAB' })).toEqual(expected)
  })

  it('of zero bytes alone has no bits', () => {
    expect(algorithmsOfType({ kty: 'RSA', n: encode(...Buffer.alloc(256)), e: 'AQAB' })).toBe(
      'its RSA modulus has 0 bits, not 2048 to 8192',
    )
  })

  it.each([
    ['65,537', 'AQAB', rsa],
    ['3', encode(3), rsa],
    ['17 after a zero byte', encode(0, 17), rsa],
    ['64 bits', encode(255, 255, 255, 255, 255, 255, 255, 255), rsa],
    ['65 bits', encode(1, 0, 0, 0, 0, 0, 0, 0, 1), 'its RSA exponent is 1, even, or too large'],
    ['1, with which anybody can sign', encode(1), 'its RSA exponent is 1, even, or too large'],
    ['1 after zero bytes', encode(0, 0, 1), 'its RSA exponent is 1, even, or too large'],
    ['0', encode(0), 'its RSA exponent is 1, even, or too large'],
    ['2', encode(2), 'its RSA exponent is 1, even, or too large'],
    ['65,536', encode(1, 0, 0), 'its RSA exponent is 1, even, or too large'],
  ])('with the exponent %s', (_, e, expected) => {
    expect(algorithmsOfType({ kty: 'RSA', n: modulus(2048), e })).toEqual(expected)
  })

  it.each([
    ['no modulus', { n: undefined }],
    ['an empty modulus', { n: '' }],
    ['a modulus that is a number', { n: 65_537 }],
    ['a modulus in base64', { n: `${modulus(2048)}==` }],
    ['a modulus made longer by junk', { n: `${modulus(1024)}${'!'.repeat(200)}` }],
    ['no exponent', { e: undefined }],
    ['an empty exponent', { e: '' }],
  ])('with %s', (_, members) => {
    expect(algorithmsOfType({ kty: 'RSA', n: modulus(2048), e: 'AQAB', ...members })).toBe(
      'its modulus or exponent is missing, or is not base64url',
    )
  })
})

describe('a key on a curve', () => {
  it.each([
    ['EC', 'P-256', ['ES256']],
    ['EC', 'P-384', ['ES384']],
    ['EC', 'P-521', ['ES512']],
    ['OKP', 'Ed25519', ['EdDSA', 'Ed25519']],
    ['EC', 'secp256k1', 'its type (kty "EC", crv "secp256k1") is not supported'],
    ['EC', 'Ed25519', 'its type (kty "EC", crv "Ed25519") is not supported'],
    ['OKP', 'P-256', 'its type (kty "OKP", crv "P-256") is not supported'],
    ['OKP', 'Ed448', 'its type (kty "OKP", crv "Ed448") is not supported'],
    ['OKP', 'X25519', 'its type (kty "OKP", crv "X25519") is not supported'],
    ['EC', undefined, 'its type (kty "EC", crv undefined) is not supported'],
    ['oct', undefined, 'its type (kty "oct", crv undefined) is not supported'],
    ['ec', 'P-256', 'its type (kty "ec", crv "P-256") is not supported'],
    ['__proto__', '', 'its type (kty "__proto__", crv "") is not supported'],
  ])('%s %s', (kty, crv, expected) => {
    expect(algorithmsOfType({ kty, crv, x: 'AAAA', y: 'AAAA' })).toEqual(expected)
  })

  it('is not the type that its members spell when they are put together', () => {
    expect(algorithmsOfType({ kty: 'EC P', crv: '256', x: 'AAAA', y: 'AAAA' })).toContain('is not supported')
  })

  it.each([
    ['no x', { x: undefined }],
    ['no y', { y: undefined }],
    ['an empty y', { y: '' }],
    ['an x that is a number', { x: 1 }],
    ['an x in base64', { x: 'AA==' }],
  ])('with %s', (_, members) => {
    expect(algorithmsOfType({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', ...members })).toBe(
      'a coordinate is missing, or is not base64url',
    )
  })

  it.each([undefined, null, 1, ['RSA'], { toString: 1, valueOf: 1 }])('with a kty of %o', (kty) => {
    expect(algorithmsOfType({ kty, crv: { toString: 1 } })).toContain('is not supported')
  })
})
