import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signingAlgorithms } from '../src/algorithms.js'
import { parseKeySet, withoutBrokenKeys } from '../src/internal/key-set.js'
import { key, rsaKey } from './verifier-fixture.js'

const sound = [key.jwk, rsaKey.jwk]
const name = fc.constantFrom('kty', 'crv', 'x', 'y', 'n', 'e', 'd', 'k', 'kid', 'use', 'alg', 'key_ops', 'ext', '__proto__')
const known = fc.constantFrom('RSA', 'EC', 'OKP', 'oct', 'P-256', 'Ed25519', 'sig', 'ES256', 'RS256', 'AQAB', '', ...Object.values(key.jwk))
const value = fc.oneof(known, fc.jsonValue())
/** A sound key with some members replaced, or anything made of the members of keys. */
const entry = fc.oneof(
  fc.dictionary(name, value),
  fc.tuple(fc.constantFrom(...sound), fc.dictionary(name, value)).map(([jwk, members]) => ({ ...jwk, ...members })),
  fc.jsonValue(),
)

describe('a JWK Set of any entries', () => {
  it('is read, and its sound keys are found among the others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const document: unknown = JSON.parse(JSON.stringify({ keys: [...entries, ...sound] }))
        const { keys, unusable } = await withoutBrokenKeys(parseKeySet(document, { maxKeys: 100 }))
        expect(keys.length + unusable.length).toBe(entries.length + 2)
        expect(keys.slice(-2).map(({ jwk }) => jwk)).toEqual(sound)
      }),
      { numRuns: 500 },
    )
  })

  it('has no key with a secret, nor one for an algorithm that is not supported', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const { keys } = parseKeySet({ keys: entries }, { maxKeys: 100 })
        for (const { jwk, algorithms } of keys) {
          expect(jwk).not.toHaveProperty('d')
          expect(jwk).not.toHaveProperty('k')
          expect(algorithms.filter((algorithm) => !signingAlgorithms.includes(algorithm))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })
})
