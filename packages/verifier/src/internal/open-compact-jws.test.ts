import { VerificationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createTestKey } from '../../test/token-factory.js'
import { outcome } from '../../test/verdict.js'
import type { KeySource, VerificationKey } from '../key-source.js'
import { openCompactJws } from './open-compact-jws.js'
import { createStaticJwks } from './static-jwks.js'

const sound = await createTestKey('sound')
const other = await createTestKey('other')
const broken = { ...sound.jwk, kid: 'broken', x: other.jwk.x }

async function open(token: string, keys: KeySource) {
  return openCompactJws(token, { keys, algorithms: ['ES256'], maxTokenBytes: 1000 })
}

/** A source of an application's own. */
function sourceOf(keysFor: KeySource['keysFor'], newerKeysFor: KeySource['newerKeysFor'] = () => Promise.resolve([])): KeySource {
  return { keysFor, newerKeysFor }
}

const [soundKey] = await createStaticJwks({ keys: [sound.jwk] }).keysFor({ alg: 'ES256' })
const [otherKey] = await createStaticJwks({ keys: [other.jwk] }).keysFor({ alg: 'ES256' })

describe('a published key that is broken', () => {
  const keys = createStaticJwks({ keys: [broken, sound.jwk] } as never)

  it('does not keep the others from being tried for a token without kid', async () => {
    const { encodedPayload } = await open(await sound.sign('hello', { kid: undefined }), keys)
    expect(atob(encodedPayload)).toBe('hello')
  })

  it('does not turn a bad signature into an outage', async () => {
    const token = await other.sign('hello', { kid: undefined })
    expect(await outcome(open(token, keys))).toBe('invalid_token signature_invalid')
  })

  it('cannot be used by a token that names it', async () => {
    const token = await sound.sign('hello', { kid: 'broken' })
    expect(await outcome(open(token, keys))).toBe('invalid_token key_unsuitable')
  })
})

describe('a source of keys', () => {
  it.each<[string, KeySource['keysFor'], string]>([
    ['throws', () => fail(new TypeError('x is undefined')), 'unavailable keys_unavailable'],
    ['rejects', () => Promise.reject(new TypeError('x is undefined')), 'unavailable keys_unavailable'],
    ['rejects with nothing', () => Promise.reject(), 'unavailable keys_unavailable'],
    ['gives no list', () => undefined as never, 'unavailable keys_unavailable'],
    ['gives no keys', () => [], 'invalid_token signature_invalid'],
    ['gives keys of another token', () => list(otherKey), 'invalid_token signature_invalid'],
    ['gives the key at once', () => list(soundKey), 'accepted'],
    ['gives the key later', () => Promise.resolve(list(soundKey)), 'accepted'],
    ['gives the key among others', () => list(otherKey, soundKey), 'accepted'],
  ])('that %s', async (_, keysFor, expected) => {
    const token = await sound.sign('hello', { kid: undefined })
    expect(await outcome(open(token, sourceOf(keysFor)))).toBe(expected)
  })

  it('that gives several keys of one kid has each of them tried', async () => {
    const twins = list(otherKey, soundKey).map((key) => ({ ...key, kid: 'sound' }))
    expect(
      await outcome(
        open(
          await sound.sign('hello'),
          sourceOf(() => twins),
        ),
      ),
    ).toBe('accepted')
  })

  it('that gives the same key as a newer one does not have the signature checked twice', async () => {
    const asked: string[] = []
    const counted = list(soundKey).map((key) => ({ ...key, signed: () => asked.push('') === 0 }))
    const again = counted.map((key) => ({ ...key }))
    const token = await other.sign('hello', { kid: undefined })
    expect(
      await outcome(
        open(
          token,
          sourceOf(
            () => counted,
            () => Promise.resolve(again),
          ),
        ),
      ),
    ).toBe('invalid_token signature_invalid')
    expect(asked).toHaveLength(1)
  })

  it.each([undefined, 'sound'])('that gives a key for other algorithms does not have it tried, by the kid %s', async (kid) => {
    const unfit = list(soundKey).map((key) => ({ ...key, algorithms: ['ES384' as const] }))
    const token = await sound.sign('hello', { kid })
    expect(
      await outcome(
        open(
          token,
          sourceOf(() => unfit),
        ),
      ),
    ).toBe('invalid_token signature_invalid')
  })

  it.each([
    ['invalid_token', 'key_revoked'],
    ['unavailable', 'key_not_found'],
  ] as const)('may decide by a VerificationError of its own: %s, %s', async (verdict, code) => {
    const error = new VerificationError(verdict, code, 'the key has been revoked')
    await expect(
      open(
        await sound.sign('hello'),
        sourceOf(() => fail(error)),
      ),
    ).rejects.toBe(error)
  })

  it('is told the algorithm and the kid, and nothing else of the header', async () => {
    const hints: unknown[] = []
    const source = sourceOf((hint) => {
      hints.push(hint)
      return list(soundKey)
    })
    await open(await sound.sign('hello', { jku: 'https://evil.example/jwks' }), source)
    await open(await sound.sign('hello', { kid: undefined }), source)
    expect(hints).toEqual([
      { alg: 'ES256', kid: 'sound' },
      { alg: 'ES256', kid: undefined },
    ])
    expect(hints.map(Object.isFrozen)).toEqual([true, true])
  })
})

describe('newer keys', () => {
  const rotated = sourceOf(
    () => list(otherKey),
    () => Promise.resolve(list(soundKey)),
  )

  it.each([
    ['no kid', undefined, 'accepted'],
    ['a kid that no key has, when those without one were tried', 'new', 'accepted'],
    ['the kid of the key that was tried', 'other', 'invalid_token signature_invalid'],
  ])('are asked for on behalf of a token with %s', async (_, kid, expected) => {
    expect(await outcome(open(await sound.sign('hello', { kid }), rotated))).toBe(expected)
  })

  it('that cannot be had make it an outage: nobody knows whether the signature is bad', async () => {
    const source = sourceOf(
      () => list(otherKey),
      () => Promise.reject(new Error('down')),
    )
    expect(await outcome(open(await sound.sign('hello', { kid: undefined }), source))).toBe('unavailable keys_unavailable')
  })
})

function list(...keys: (VerificationKey | undefined)[]): VerificationKey[] {
  return keys.filter((key) => key !== undefined)
}

function fail(error: Error): never {
  throw error
}
