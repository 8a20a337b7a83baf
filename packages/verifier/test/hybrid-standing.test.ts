import { describe, expect, it } from 'vitest'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import type { EvictingVerifier } from '../src/hybrid-verifier-options.js'
import { createStaticJwks } from '../src/internal/static-jwks.js'
import type { KeySource } from '../src/key-source.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { createWatchedIntrospection, opaque } from './hybrid-fixture.js'
import { homeRules, homeKey } from './multi-issuer-fixture.js'
import { claims, createVerifier, key, now, nowSeconds } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const token = await key.sign(claims)

/** Has every JWT confirmed, and something happen while it is. */
function confirming(jwt: EvictingVerifier, meanwhile: () => void, options: { now?: () => number } = {}) {
  const introspection = createWatchedIntrospection(async () => {
    await Promise.resolve()
    meanwhile()
    return opaque
  })
  return createHybridVerifier({ jwt, introspection, confirm: () => true, ...options })
}

describe('a JWT that was good before it was confirmed', () => {
  it.each([{}, { cache: false as const }])('is refused when it has expired meanwhile (%j)', async (options) => {
    let time = now
    const verifier = confirming(createVerifier({ ...options, now: () => time }), () => (time = now + 300_000))
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
  })

  it.each([{}, { cache: false as const }])('is refused when its key has left meanwhile (%j)', async (options) => {
    const published = createStaticJwks({ keys: [key.jwk] })
    let isPublished = true
    const keys: KeySource = { ...published, keysFor: (hint) => (isPublished ? published.keysFor(hint) : []) }
    const verifier = confirming(createVerifier({ ...options, keys }), () => (isPublished = false))
    expect(await outcome(verifier.verify(token))).toBe('invalid_token signature_invalid')
  })

  it('is refused when its issuer is no longer trusted', async () => {
    let isTrusted = true
    const issuers = { isTrusted: () => isTrusted, resolve: () => homeRules }
    const verifier = confirming(createMultiIssuerVerifier({ issuers, now: () => now }), () => (isTrusted = false))
    expect(await outcome(verifier.verify(await homeKey.sign(claims)))).toBe('invalid_token issuer_unknown')
  })

  it.each([{}, { cache: false as const }])(
    'is accepted when nothing has changed, and is the token that was given (%j)',
    async (options) => {
      const jwt = createVerifier(options)
      const given: unknown[] = []
      const confirm = (local: unknown) => given.push(local) > 0
      const verifier = createHybridVerifier({ jwt, introspection: createWatchedIntrospection(), confirm })
      const verified = await verifier.verify(token)
      expect(given).toHaveLength(1)
      expect(verified).toBe(given[0])
    },
  )

  it('does not have its proof of possession checked twice', async () => {
    const john = await createProofKey()
    const bound = await key.sign({ ...claims, cnf: { jkt: john.jkt } })
    const jwt = createVerifier({ senderConstraint: { dpop: { publicUrl } } })
    const introspection = { ...createWatchedIntrospection(), senderConstraint: jwt.senderConstraint }
    const verifier = createHybridVerifier({ jwt, introspection, confirm: () => true })
    const presentation = { scheme: 'DPoP' as const, request: requestWith(await john.prove({ ath: hashOf(bound) })) }
    expect(await outcome(verifier.verify(bound, presentation))).toBe('accepted')
    expect(await outcome(verifier.verify(bound, presentation))).toBe('invalid_token dpop_proof_replayed')
  })

  it('is refused by a verifier around one that is one of both kinds itself, too', async () => {
    let time = now
    const inner = createHybridVerifier({ jwt: createVerifier({ now: () => time }), introspection: createWatchedIntrospection() })
    expect(await outcome(confirming(inner, () => {}).verify(token))).toBe('accepted')
    expect(await outcome(confirming(inner, () => (time = now + 300_000)).verify(token))).toBe('invalid_token token_expired')
  })

  it('is refused when it had to be examined anew, and was revoked', async () => {
    let isRevoked = false
    const jwt = createVerifier({ cache: false, revocation: { isRevoked: () => isRevoked } })
    expect(await outcome(confirming(jwt, () => (isRevoked = true)).verify(token))).toBe('invalid_token token_revoked')
  })
})

describe('a JWT that a verifier of an application has verified', () => {
  /** One that does more than its own. */
  const wrapped = (options: Parameters<typeof createVerifier>[0] = {}): EvictingVerifier => {
    const verifier = createVerifier(options)
    return { ...verifier, verify: (...presented) => verifier.verify(...presented) }
  }

  it.each<[string, number, string]>([
    ['is accepted before its end', 299_999, 'accepted'],
    ['is refused at its end', 300_000, 'invalid_token token_expired'],
    ['is refused by a clock that gives no number', Number.NaN, 'invalid_token token_expired'],
  ])('%s', async (_, passed, expected) => {
    let time = now
    const verifier = confirming(wrapped(), () => (time += passed), { now: () => time })
    expect(await outcome(verifier.verify(token))).toBe(expected)
  })

  it('goes by the clock of the system unless there is another', async () => {
    const lasting = await key.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 })
    expect(await outcome(confirming(wrapped(), () => {}).verify(lasting))).toBe('accepted')
    const past = await key.sign({ ...claims, exp: nowSeconds - 86_400 })
    const lenient = wrapped({ now: () => now - 2 * 86_400_000 })
    expect(await outcome(confirming(lenient, () => {}).verify(past))).toBe('invalid_token token_expired')
  })
})
