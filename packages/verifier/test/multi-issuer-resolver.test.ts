import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { resolveKeys } from '../src/internal/resolve-keys.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import type { IssuerResolver } from '../src/multi-issuer-verifier-options.js'
import { createFakeClock } from './fake-clock.js'
import { createFakeIssuer } from './fake-issuer.js'
import { home, homeAudience, homeClaims, homeKey, homeRules, partner, partnerKey } from './multi-issuer-fixture.js'
import { createRegister, partnerToken, token } from './multi-issuer-register.js'
import { rawToken } from './raw-token.js'
import { outcome } from './verdict.js'

describe('the predicate', () => {
  it('is asked first, and nobody else about a name that it does not take', async () => {
    const { verifier, asked, predicated, fetched } = createRegister()
    const foreign = await homeKey.sign({ ...homeClaims, iss: 'https://evil.example' })
    expect(await outcome(verifier.verify(foreign))).toBe('invalid_token issuer_unknown')
    expect({ asked, predicated, fetched }).toEqual({ asked: [], predicated: ['https://evil.example'], fetched: [] })
  })

  it('is asked on every use of a kept verdict, and counts at once', async () => {
    const { verifier, trusted, asked } = createRegister()
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    trusted.delete(home)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    trusted.add(home)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(asked).toEqual([home])
  })

  it('is asked again when the resolver took its time', async () => {
    let answer: (rules: JwtRulesOptions) => void = () => {}
    const { verifier, trusted } = createRegister({ resolve: () => new Promise((resolve) => (answer = resolve)) })
    const verified = outcome(verifier.verify(token))
    trusted.delete(home)
    answer(homeRules)
    expect(await verified).toBe('invalid_token issuer_unknown')
  })

  it.each([
    ['throws', () => raise(new Error('no register'))],
    ['gives a promise', () => Promise.resolve(true) as never],
    ['gives a promise that rejects', () => Promise.reject(new Error('no register')) as never],
    ['gives nothing', () => undefined as never],
    ['gives 1', () => 1 as never],
  ])('does not let a token pass when it %s', async (_, isTrusted: IssuerResolver['isTrusted']) => {
    const { verifier, asked } = createRegister({ isTrusted })
    expect(await outcome(verifier.verify(token))).toBe('unavailable issuer_unavailable')
    expect(asked).toEqual([])
  })

  it('that fails later does not have a kept verdict served', async () => {
    let fails = false
    const { verifier } = createRegister({ isTrusted: () => !fails || raise(new Error('no register')) })
    await verifier.verify(token)
    fails = true
    expect(await outcome(verifier.verify(token))).toBe('unavailable issuer_unavailable')
  })

  it('is not shown a name that is longer than any', async () => {
    const { verifier, predicated } = createRegister({ isTrusted: (issuer) => predicated.push(issuer) > 0 })
    const iss = (length: number) => rawToken({ alg: 'ES256' }, { iss: `https://${'x'.repeat(length - 8)}` })
    expect(await outcome(verifier.verify(iss(2049)))).toBe('invalid_token issuer_unknown')
    expect(predicated).toEqual([])
    expect(await outcome(verifier.verify(iss(2048)))).toBe('invalid_token issuer_unknown')
    expect(predicated.length).toBeGreaterThan(0)
  })
})

describe('the resolver', () => {
  it('gives each issuer its rules, and is asked once in their time', async () => {
    const { verifier, asked, clock } = createRegister()
    expect((await verifier.verify(token)).issuer).toBe(home)
    expect((await verifier.verify(partnerToken)).issuer).toBe(partner)
    await clock.advance(299_999)
    expect((await verifier.verify(token)).issuer).toBe(home)
    expect(asked).toEqual([home, partner])
    await clock.advance(1)
    expect((await verifier.verify(token)).issuer).toBe(home)
    expect(asked).toEqual([home, partner, home])
    expect(verifier.issuers).toBeUndefined()
  })

  it('may answer later, and is asked one question at a time about an issuer', async () => {
    const { verifier, asked, register } = createRegister({
      resolve: async (issuer) => {
        asked.push(issuer)
        await Promise.resolve()
        return register.get(issuer)
      },
    })
    const tokens = [...(await Promise.all([1, 2, 3].map((jti) => homeKey.sign({ ...homeClaims, jti: `${jti}` })))), token, partnerToken]
    expect(await Promise.all(tokens.map((each) => outcome(verifier.verify(each))))).toEqual(tokens.map(() => 'accepted'))
    expect(asked).toEqual([home, partner])
  })

  it('that withdraws an issuer has its kept verdicts end with the time of the answer', async () => {
    const { verifier, register, clock } = createRegister({ resolveTtlMs: 60_000 })
    await verifier.verify(token)
    register.delete(home)
    await clock.advance(59_999)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    await clock.advance(1)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    expect(await outcome(verifier.verify(await homeKey.sign(homeClaims)))).toBe('invalid_token issuer_unknown')
  })

  it('leaves verdicts in place when the rules are the same as before, though they are other objects', async () => {
    const { verifier, register, clock, asked } = createRegister()
    const first = await verifier.verify(token)
    register.set(home, { ...structuredClone(homeRules), audience: [homeAudience] })
    await clock.advance(300_000)
    expect(await verifier.verify(token)).toBe(first)
    expect(await verifier.verify(token)).toBe(first)
    expect(asked).toEqual([home, home])
  })

  it('has another source of keys count as other rules, and the same one as the same', async () => {
    const sourceOf = (jwk: JWK) => resolveKeys({ jwks: { keys: [jwk] } }, () => expect.fail('nothing is remote'))
    const [source, other] = [sourceOf(homeKey.jwk), sourceOf(partnerKey.jwk)]
    const { verifier, register, clock } = createRegister()
    register.set(home, { ...homeRules, keys: source })
    const first = await verifier.verify(token)
    register.set(home, { ...homeRules, keys: source })
    await clock.advance(300_000)
    expect(await verifier.verify(token)).toBe(first)
    register.set(home, { ...homeRules, keys: other })
    await clock.advance(300_000)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token signature_invalid')
  })

  it.each<[string, Partial<JwtRulesOptions>, string]>([
    ['audience', { audience: 'billing-api' }, 'invalid_token audience_mismatch'],
    ['algorithms', { algorithms: ['PS256'] }, 'invalid_token algorithm_not_allowed'],
    ['profile', { profile: 'rfc9068' }, 'invalid_token token_type_rejected'],
    ['required claims', { requiredClaims: ['account_nr'] }, 'invalid_token claim_missing'],
    ['age', { maxTokenAgeSeconds: 60 }, 'invalid_token token_too_old'],
    ['keys', { keys: { jwks: { keys: [partnerKey.jwk] } } }, 'invalid_token signature_invalid'],
    ['place of the keys', { keys: { jwksUri: `${home}/jwks` } }, 'unavailable keys_unavailable'],
    ['place of the keys, from now on discovered', { keys: undefined }, 'unavailable keys_unavailable'],
  ])('has new rules hold for tokens that are known already: another %s', async (_, change, expected) => {
    const { verifier, register, clock } = createRegister()
    await verifier.verify(token)
    register.set(home, { ...homeRules, ...change })
    await clock.advance(300_000)
    expect(await outcome(verifier.verify(token))).toBe(expected)
  })

  it('keeps the keys that were fetched over many answers, if the place is the same', async () => {
    const clock = createFakeClock()
    const issuer = createFakeIssuer(clock.now, [homeKey.jwk], home)
    const resolve = () => ({ issuer: home, audience: homeAudience })
    const verifier = createMultiIssuerVerifier({
      issuers: { isTrusted: (name) => name === home, resolve, resolveTtlMs: 1000 },
      fetch: issuer.fetch,
      now: clock.now,
    })
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await outcome(verifier.verify(token))).toBe('accepted')
      await clock.advance(1000)
    }
    expect(issuer.requests.map(({ url }) => url)).toEqual([issuer.metadataUrl, issuer.jwksUri])
  })
})

describe('an issuer that the resolver does not know', () => {
  it('is unknown, which is kept for a short time', async () => {
    const { verifier, register, asked, clock } = createRegister()
    register.delete(home)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    register.set(home, homeRules)
    await clock.advance(9_999)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    expect(asked).toEqual([home])
    await clock.advance(1)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    expect(asked).toEqual([home, home])
  })
})

function raise(error: Error): never {
  throw error
}
