import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { audience, claims, createVerifier, issuer, key, nowSeconds, rsaKey } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const ed25519 = await createTestKey('ed', 'EdDSA')
const verifier = createVerifier({ keys: { jwks: { keys: [key.jwk, rsaKey.jwk, ed25519.jwk] } } })
const tokens = await Promise.all([key.sign(claims), rsaKey.sign(claims), ed25519.sign(claims), key.sign(claims, { kid: undefined })])

/** Any code of a bad token. An error of another class is thrown on by `outcome`, and fails the property. */
const refused = /^invalid_token [a-z_]+$/

const character = fc.oneof(
  fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'.split('')),
  fc.string({ minLength: 1, maxLength: 1 }),
)

describe('a good token', () => {
  it('with any one character replaced is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tokens), fc.nat(), character, async (token, position, replacement) => {
        const at = position % token.length
        fc.pre(token.charAt(at) !== replacement)
        expect(await outcome(verifier.verify(token.slice(0, at) + replacement + token.slice(at + 1)))).toMatch(refused)
      }),
      { numRuns: 2000 },
    )
  })

  it('with any character put in, left out or moved is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tokens), fc.nat(), fc.nat(), character, async (token, from, to, inserted) => {
        const [a, b] = [from % token.length, to % token.length]
        const without = token.slice(0, a) + token.slice(a + 1)
        const moved = without.slice(0, b) + token.charAt(a) + without.slice(b)
        const changed = [token.slice(0, a) + inserted + token.slice(a), without, moved].filter((text) => text !== token)
        for (const text of changed) expect(await outcome(verifier.verify(text))).toMatch(refused)
      }),
      { numRuns: 500 },
    )
  })
})

describe('any string', () => {
  it('is refused as a bad token, and by no other error', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}$/))
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        expect(await outcome(verifier.verify(token))).toMatch(refused)
      }),
      { numRuns: 1000 },
    )
  })

  it('of any header and payload that is not signed is refused', async () => {
    const header = fc.oneof(
      fc.json(),
      fc.dictionary(fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'jku', '__proto__'), fc.jsonValue()),
      // Nothing is wrong with these: the signature alone decides.
      fc.constantFrom({ alg: 'ES256', kid: '2026' }, { alg: 'RS256', kid: 'rsa' }, { alg: 'EdDSA', kid: 'ed' }, { alg: 'ES256' }),
    )
    const payload = fc.oneof(fc.json(), fc.constant(JSON.stringify(claims)))
    const signature = fc.oneof(
      fc.uint8Array(),
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      fc.uint8Array({ minLength: 256, maxLength: 256 }),
    )
    await fc.assert(
      fc.asyncProperty(header, payload, signature, async (members, content, bytes) => {
        expect(await outcome(verifier.verify(rawToken(members, content, bytes)))).toMatch(refused)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('anything that the issuer signs', () => {
  const names = [...Object.keys(claims), 'nbf', 'nonce', 'cnf', 'events', 'typ', 'token_use', 'constructor', '__proto__']
  const number = fc.oneof(fc.integer({ min: nowSeconds - 100, max: nowSeconds + 100 }), fc.double())
  const value = fc.oneof(number, fc.constantFrom(issuer, audience, [audience], null, '', 'access', 'ID'), fc.jsonValue())

  it('is accepted with sane claims, or refused as a bad token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (members) => {
        const signed = await key.sign({ ...claims, ...members })
        const result = await outcome(verifier.verify(signed))
        expect(result).toMatch(/^accepted$|^invalid_token [a-z_]+$/)
        if (result !== 'accepted') return
        const { claims: accepted, expiresAt } = await verifier.verify(signed)
        expect(expiresAt).toBeGreaterThan(nowSeconds)
        expect(accepted.iss).toBe(issuer)
        expect([accepted.aud].flat()).toContain(audience)
        expect(accepted.cnf).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })

  it('of any bytes that are no claims is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await outcome(verifier.verify(await key.signBytes(bytes)))).toMatch(refused)
      }),
      { numRuns: 300 },
    )
  })
})
