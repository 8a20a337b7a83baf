import { generateKeyPair, exportJWK, type JWK } from 'jose'
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

  it('is told with its kid, so that a token that names it can be answered', () => {
    expect(parseVerificationKey({ ...ec, use: 'enc' })).toEqual({ kid: 'ec', reason: 'its use is "enc"' })
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

  it('is imported once for each algorithm, to verify and nothing else', async () => {
    const key = usable(without(rsa, 'alg'))
    expect(await key.import('RS256')).toBe(await key.import('RS256'))
    expect((await key.import('RS256')).usages).toEqual(['verify'])
    expect((await key.import('PS256')).algorithm.name).toBe('RSA-PSS')
  })

  it('may turn out to be broken when the platform reads it', async () => {
    await expect(usable({ ...ec, x: 'AAAA' }).import('ES256')).rejects.toThrow()
  })

  it.each(['RS512', 'PS256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])('can be made for %s', async (alg) => {
    const { publicKey } = await generateKeyPair(alg, { extractable: true })
    const key = usable({ ...(await exportJWK(publicKey)), alg })
    expect(key.algorithms).toEqual([alg])
    expect((await key.import(key.algorithms[0] ?? 'RS256')).type).toBe('public')
  })
})
