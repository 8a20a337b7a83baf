import { describe, expect, it } from 'vitest'
import { createTestKey } from '../../test/token-factory.js'
import type { KeyHint } from '../key-source.js'
import { type KeySet, parseKeySet, withoutBrokenKeys } from './key-set.js'

const { jwk } = await createTestKey('a')
const { jwk: other } = await createTestKey('b')
const { jwk: p384 } = await createTestKey('p384', 'ES384')
const { kid: _, ...anonymous } = jwk
const limits = { maxKeys: 10 }

/** The kids of the selected keys, or why there are none. */
function select(keySet: KeySet, hint: KeyHint): (string | undefined)[] | string {
  const selection = keySet.select(hint)
  if (selection.kind === 'keys') return selection.keys.map(({ kid }) => kid)
  if (selection.kind === 'unsuitable') return selection.reason
  return selection.broken === undefined ? 'unknown' : `unknown, broken: ${selection.broken}`
}

describe('a JWK Set', () => {
  it.each([
    ['null', null],
    ['a list of keys', [jwk]],
    ['a single key', jwk],
    ['an object without keys', {}],
    ['keys that are an object', { keys: { 0: jwk } }],
  ])('is not %s', (_name, document) => {
    expect(() => parseKeySet(document, limits)).toThrow('not a JWK Set')
  })

  it('is read around its broken entries', () => {
    const keySet = parseKeySet({ keys: [null, { ...jwk, use: 'enc' }, { kty: { toString: 1 } }, other] }, limits)
    expect(keySet.keys.map(({ kid }) => kid)).toEqual(['b'])
    expect(keySet.unusable).toHaveLength(3)
  })

  it('with more keys than allowed is refused whole', () => {
    const keys = Array.from({ length: 11 }, () => jwk)
    expect(() => parseKeySet({ keys }, limits)).toThrow('the JWK Set has 11 keys, and maxKeys is 10')
    expect(parseKeySet({ keys: keys.slice(1) }, limits).keys).toHaveLength(10)
  })

  it('may be empty', () => {
    expect(select(parseKeySet({ keys: [] }, limits), { alg: 'ES256', kid: 'a' })).toBe('unknown')
  })

  it('loses the keys that the platform cannot read, with the reason', async () => {
    const keySet = await withoutBrokenKeys(parseKeySet({ keys: [{ ...jwk, x: other.x }, other] }, limits))
    expect(keySet.keys.map(({ kid }) => kid)).toEqual(['b'])
    expect(keySet.unusable).toEqual([{ kid: 'a', reason: 'the platform does not take it for a key' }])
    expect(select(keySet, { alg: 'ES256', kid: 'a' })).toBe('unknown, broken: the platform does not take it for a key')
  })
})

describe('the keys for a token', () => {
  const keySet = parseKeySet({ keys: [jwk, other, p384, { ...jwk, kid: 'enc', use: 'enc' }] }, limits)

  it.each<[string, KeyHint, string[] | string]>([
    ['a kid', { alg: 'ES256', kid: 'b' }, ['b']],
    ['a kid that is not there', { alg: 'ES256', kid: 'c' }, 'unknown'],
    ['a kid in another case', { alg: 'ES256', kid: 'A' }, 'unknown'],
    ['an empty kid', { alg: 'ES256', kid: '' }, 'unknown'],
    ['a kid of another curve', { alg: 'ES256', kid: 'p384' }, 'it is not for ES256'],
    ['a kid of an encryption key', { alg: 'ES256', kid: 'enc' }, 'unknown, broken: its use is "enc"'],
    ['no kid', { alg: 'ES256' }, ['a', 'b']],
    ['no kid, and an algorithm that no key has', { alg: 'RS256' }, 'unknown'],
    ['a kid of __proto__', { alg: 'ES256', kid: '__proto__' }, 'unknown'],
    ['a kid of constructor', { alg: 'ES256', kid: 'constructor' }, 'unknown'],
  ])('with %s', (_name, hint, expected) => {
    expect(select(keySet, hint)).toEqual(expected)
  })

  it('are all with the same kid that fit', () => {
    const twins = parseKeySet({ keys: [jwk, { ...other, kid: 'a' }, { ...p384, kid: 'a' }] }, limits)
    expect(select(twins, { alg: 'ES256', kid: 'a' })).toEqual(['a', 'a'])
    expect(select(twins, { alg: 'ES384', kid: 'a' })).toEqual(['a'])
  })

  it('are those without kid, if no key has the one of the token', () => {
    const mixed = parseKeySet({ keys: [anonymous, other, { ...jwk, kid: 'enc', use: 'enc' }] }, limits)
    expect(select(mixed, { alg: 'ES256', kid: 'new' })).toEqual([undefined])
    expect(select(mixed, { alg: 'ES256', kid: 'b' })).toEqual(['b'])
    expect(select(mixed, { alg: 'ES384', kid: 'new' })).toBe('unknown')
    expect(select(mixed, { alg: 'ES256', kid: 'enc' })).toBe('unknown, broken: its use is "enc"')
  })

  it.each<[string, KeyHint]>([
    ['the same kid', { alg: 'ES256', kid: 'a' }],
    ['no kid', { alg: 'ES256' }],
  ])('are four at most, with %s', (_name, hint) => {
    const crowd = parseKeySet({ keys: Array.from({ length: 10 }, () => jwk) }, limits)
    expect(select(crowd, hint)).toEqual(['a', 'a', 'a', 'a'])
  })
})
