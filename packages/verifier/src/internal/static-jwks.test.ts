import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createTestKey } from '../../test/token-factory.js'
import { verdict } from '../../test/verdict.js'
import { createStaticJwks } from './static-jwks.js'

const { jwk } = await createTestKey('a')

describe('createStaticJwks', () => {
  it('has the keys at hand, and never newer ones', async () => {
    const source = createStaticJwks({ keys: [jwk] })
    expect(await source.keysFor({ alg: 'ES256', kid: 'a' })).toHaveLength(1)
    expect(await source.newerKeysFor({ alg: 'ES256' })).toEqual([])
  })

  it.each([
    ['a kid that is not there', { alg: 'ES256', kid: 'b' } as const, 'key_not_found'],
    ['an algorithm that no key has', { alg: 'RS256' } as const, 'key_not_found'],
    ['a key of another curve', { alg: 'ES384', kid: 'a' } as const, 'key_unsuitable'],
  ])('has no key for %s', (_, hint, expected) => {
    expect(verdict(() => createStaticJwks({ keys: [jwk] }).keysFor(hint))).toBe(expected)
  })

  it.each([
    ['something other than a JWK Set', [jwk], 'keys.jwks must be a JWK Set'],
    ['nothing', undefined, 'keys.jwks must be a JWK Set'],
    ['an empty JWK Set', { keys: [] }, 'keys.jwks has no key that can verify a signature'],
    ['a private key alone', { keys: [{ ...jwk, d: 'AAAA' }] }, 'it is not a public key: what is published is not secret'],
    ['an encryption key alone', { keys: [{ ...jwk, use: 'enc' }] }, 'its use is "enc"'],
  ])('cannot be made of %s', (_, jwks, message) => {
    expect(() => createStaticJwks(jwks as never)).toThrow(ConfigurationError)
    expect(() => createStaticJwks(jwks as never)).toThrow(message)
  })
})
