import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTestKey } from '../../test/token-factory.js'
import type { VerificationKey } from '../key-source.js'
import { isUnusable, isUsable, parseVerificationKey } from './verification-key.js'

const { jwk: ec } = await createTestKey('ec', 'ES256')
const { jwk: rsa } = await createTestKey('rsa', 'RS256')

/** The algorithms of a usable key, or why it is none. */
function read(entry: unknown): readonly string[] | string {
  const key = parseVerificationKey(entry)
  return isUsable(key) ? key.algorithms : key.reason
}

function without(jwk: JWK, ...names: string[]): JWK {
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)))
}

describe('what an entry says of its use', () => {
  it.each([
    ['nothing', {}, ['ES256']],
    ['use: sig', { use: 'sig' }, ['ES256']],
    ['use: enc', { use: 'enc' }, 'its use is "enc"'],
    ['use: null', { use: null }, 'its use is null'],
    ['key_ops with verify', { key_ops: ['verify'] }, ['ES256']],
    ['key_ops with others', { key_ops: ['deriveKey', 'deriveBits'] }, 'its key_ops do not hold "verify"'],
    ['key_ops with sign alone', { key_ops: ['sign'] }, 'its key_ops do not hold "verify"'],
    ['empty key_ops', { key_ops: [] }, 'its key_ops do not hold "verify"'],
    ['key_ops that is a string', { key_ops: 'verify' }, 'its key_ops do not hold "verify"'],
    ['the alg that fits', { alg: 'ES256' }, ['ES256']],
    ['an alg of another curve', { alg: 'ES384' }, 'its alg "ES384" does not fit its type'],
    ['an alg of another type', { alg: 'RS256' }, 'its alg "RS256" does not fit its type'],
    ['an alg for encryption', { alg: 'ECDH-ES' }, 'its alg is "ECDH-ES"'],
    ['an alg of none', { alg: 'none' }, 'its alg is "none"'],
    ['an alg of HS256', { alg: 'HS256' }, 'its alg is "HS256"'],
    ['an alg of null', { alg: null }, 'its alg is null'],
    ['a kid that is a number', { kid: 1 }, 'its kid is not a string'],
  ])('%s', (_, members, expected) => {
    expect(read({ ...without(ec, 'alg', 'use', 'kid'), ...members })).toEqual(expected)
  })

  it('binds an RSA key to one algorithm, or leaves it all six', () => {
    expect(read({ ...rsa, alg: 'PS384' })).toEqual(['PS384'])
    expect(read(without(rsa, 'alg'))).toEqual(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
  })
})

describe('what is not a public key', () => {
  it.each([
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }, 'it is not a public key: what is published is not secret'],
    ['a public key with k', { ...ec, k: 'AAAA' }, 'it is not a public key: what is published is not secret'],
    ['a private EC key', { ...ec, d: 'AAAA' }, 'it is not a public key: what is published is not secret'],
    ['an RSA key with a prime factor', { ...rsa, p: 'AAAA' }, 'it is not a public key: what is published is not secret'],
    ['null', null, 'the entry is not a JSON object'],
    ['a list', [ec], 'the entry is not a JSON object'],
    ['a string', 'key', 'the entry is not a JSON object'],
    ['an empty object', {}, 'its type (kty undefined, crv undefined) is not supported'],
  ])('%s', (_, entry, expected) => {
    expect(read(entry)).toBe(expected)
  })

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('is whatever has the secret member %s, be it empty or null', (name) => {
    for (const value of ['AAAA', '', null, [{ r: 'AAAA', d: 'AAAA', t: 'AAAA' }]]) {
      expect(read({ ...rsa, [name]: value })).toBe('it is not a public key: what is published is not secret')
    }
  })

  it('is told with its kid, so that a token that names it can be answered', () => {
    expect(parseVerificationKey({ ...ec, use: 'enc' })).toEqual({ kid: 'ec', reason: 'its use is "enc"' })
    expect(parseVerificationKey({ ...ec, kid: 1 })).toEqual({ kid: undefined, reason: 'its kid is not a string' })
    expect(isUnusable(parseVerificationKey(null))).toBe(true)
  })
})

describe('a usable key', () => {
  const usable = (entry: unknown) => parseVerificationKey(entry) as VerificationKey

  it('keeps the public members alone, frozen', () => {
    const { jwk } = usable({ ...ec, x5c: ['MIIB'], x5u: 'https://evil.example/cert', 'x-internal': true })
    expect(Object.keys(jwk).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(Object.isFrozen(jwk)).toBe(true)
  })

  it.each(['RS256', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])('tells its own %s signatures', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const key = usable({ ...(await exportJWK(publicKey)), alg })
    const [algorithm = 'RS384'] = key.algorithms
    const token = await new CompactSign(new TextEncoder().encode('{}')).setProtectedHeader({ alg }).sign(privateKey)
    expect(algorithm).toBe(alg)
    expect(await key.signed(token, algorithm)).toBe(true)
    expect(await key.signed(token.replace('.', '.eyJ9'), algorithm)).toBe(false)
  })

  it('does not take a signature of one algorithm for one of another', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const { alg: _, ...open } = await exportJWK(publicKey)
    const token = await new CompactSign(new Uint8Array()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
    const key = usable(open)
    expect(await key.signed(token, 'RS256')).toBe(true)
    expect(await key.signed(token, 'PS256')).toBe(false)
    expect(await key.signed(token, 'RS512')).toBe(false)
  })

  it.each(['ES256', 'ES384', 'EdDSA'])('does not complete a broken %s signature with the one before', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const key = usable({ ...(await exportJWK(publicKey)), alg })
    const [algorithm = 'RS384'] = key.algorithms
    const token = await new CompactSign(new TextEncoder().encode('{}')).setProtectedHeader({ alg }).sign(privateKey)
    const end = token.length - 20
    expect(await key.signed(token, algorithm)).toBe(true)
    expect(await key.signed(token.slice(0, end) + '!'.repeat(20), algorithm)).toBe(false)
  })

  it('may turn out to be broken when the platform reads it', async () => {
    const parsed = parseVerificationKey({ ...ec, x: 'AAAA' })
    if (!isUsable(parsed)) throw new Error('its form is in order')
    const broken = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_JWK' })
    await expect(parsed.check()).rejects.toThrow(broken)
    expect(() => parsed.signed('e30.e30.AAAA', 'ES256')).toThrow(broken)
  })
})
