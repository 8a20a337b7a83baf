import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as portable from '../src/internal/platform/portable.js'
import type { JwtVerifier } from '../src/jwt-verifier.js'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { audience, claims, createVerifier, issuer, key, now, rsaKey } from './verifier-fixture.js'

const ed25519 = await createTestKey('ed', 'EdDSA')
const keys = { jwks: { keys: [key.jwk, rsaKey.jwk, ed25519.jwk] } }
const tokens = await Promise.all([key.sign(claims), rsaKey.sign(claims), ed25519.sign(claims), key.sign(claims, { kid: undefined })])
const onNode = createVerifier({ keys, cache: false })
let onPortable: JwtVerifier

// Other test files may have loaded the modules for Node in this process before.
beforeAll(async () => {
  vi.doMock('#platform', () => portable)
  vi.resetModules()
  const { createJwtVerifier } = await import('../src/jwt-verifier.js')
  onPortable = createJwtVerifier({ issuer, audience, keys, cache: false, now: () => now })
})
afterAll(() => {
  vi.doUnmock('#platform')
  vi.resetModules()
})

/** What comes of a token on both; what is thrown must be an error of the verifier's. */
async function verdicts(token: string): Promise<[string, string]> {
  return [await verdict(onNode, token), await verdict(onPortable, token)]
}

async function verdict(verifier: JwtVerifier, token: string): Promise<string> {
  try {
    const { claims: verified } = await verifier.verify(token)
    return JSON.stringify(verified)
  } catch (error) {
    const { name, code } = error as { name: string; code?: string }
    return `${name} ${code}`
  }
}

/** Another unit of UTF-16 with the same lower half, which is all that some decoders look at. */
function twinOf(character: string, by: number): string {
  return String.fromCharCode(character.charCodeAt(0) + 256 * (1 + (by % 255)))
}

const unit = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
const changes = {
  twin: (token: string, at: number, by: number) => token.slice(0, at) + twinOf(token.charAt(at), by) + token.slice(at + 1),
  twins: (token: string, at: number, by: number) => token.slice(0, at) + token.slice(at).replaceAll(/[^]/g, (one) => twinOf(one, by)),
  replaced: (token: string, at: number, _: number, other: string) => token.slice(0, at) + other + token.slice(at + 1),
  inserted: (token: string, at: number, _: number, other: string) => token.slice(0, at) + other + token.slice(at),
  leftOut: (token: string, at: number) => token.slice(0, at) + token.slice(at + 1),
  doubled: (token: string, at: number) => token.slice(0, at) + token.charAt(at) + token.slice(at),
  cut: (token: string, at: number) => token.slice(0, at),
  lengthened: (token: string, _: number, __: number, other: string) => token + other,
}

describe('a verifier on Node and one elsewhere', () => {
  it('accept the same tokens, with the same claims', async () => {
    for (const token of tokens) expect(await verdicts(token)).toEqual([JSON.stringify(claims), JSON.stringify(claims)])
  })

  it('refuse 10,000 tokens of which something was changed, and for the same reason', async () => {
    let compared = 0
    const change = fc.constantFrom(...Object.values(changes))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tokens), change, fc.nat(), fc.nat(), unit, async (token, make, position, by, other) => {
        const changed = make(token, position % token.length, by, other)
        if (changed !== token) {
          const [first, second] = await verdicts(changed)
          expect({ changed, first }).toEqual({ changed, first: second })
          expect(first).toMatch(/^AccessTokenError [a-z_]+$/)
        }
        compared += 1
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(compared).toBe(10_000)
  }, 120_000)

  it('say the same of what the issuer signs, whatever it is', async () => {
    const names = [...Object.keys(claims), 'nbf', 'nonce', 'cnf', 'events', 'typ', 'token_use', 'constructor', '__proto__']
    const value = fc.oneof(fc.constantFrom(issuer, audience, [audience], null, '', 'access', 'ID', claims.exp), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (members) => {
        const [first, second] = await verdicts(await key.sign({ ...claims, ...members }))
        expect(first).toBe(second)
      }),
      { numRuns: 500, seed: 1 },
    )
  }, 60_000)

  it('say the same of any header and payload that nobody signed', async () => {
    const header = fc.dictionary(fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'jku', '__proto__'), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(header, fc.json(), fc.uint8Array(), async (members, payload, signature) => {
        const [first, second] = await verdicts(rawToken(members, payload, signature))
        expect(first).toBe(second)
        expect(first).toMatch(/^AccessTokenError /)
      }),
      { numRuns: 1000, seed: 1 },
    )
  })
})
