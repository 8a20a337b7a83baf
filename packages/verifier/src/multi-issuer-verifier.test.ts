import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../test/fake-clock.js'
import { createFakeIssuer } from '../test/fake-issuer.js'
import {
  createPair,
  createRecordingFetch,
  home,
  homeClaims,
  homeKey,
  homeRules,
  partner,
  partnerClaims,
  partnerKey,
  partnerRules,
} from '../test/multi-issuer-fixture.js'
import { now } from '../test/verifier-fixture.js'
import { outcome } from '../test/verdict.js'
import { createMultiIssuerVerifier } from './multi-issuer-verifier.js'

const request = { method: 'GET', url: '/orders', headers: new Headers() }

describe('a token', () => {
  it('of each issuer in the list is accepted, with its own name and claims', async () => {
    const { verifier } = createPair()
    expect(await verifier.verify(await homeKey.sign(homeClaims))).toEqual({ issuer: home, expiresAt: homeClaims.exp, claims: homeClaims })
    expect(await verifier.verify(await partnerKey.sign(partnerClaims))).toEqual({
      issuer: partner,
      expiresAt: partnerClaims.exp,
      claims: partnerClaims,
    })
  })

  it('of any other issuer is refused, and nothing is fetched for it', async () => {
    const { fetch, fetched } = createRecordingFetch()
    const issuers = [
      { issuer: home, audience: null },
      { issuer: partner, audience: null },
    ]
    const verifier = createMultiIssuerVerifier({ issuers, fetch })
    const token = await homeKey.sign({ ...homeClaims, iss: 'https://evil.example' })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    expect(fetched).toEqual([])
  })

  it('has the keys fetched of the issuer that it names, and of no other', async () => {
    const clock = createFakeClock()
    const issuer = createFakeIssuer(clock.now, [homeKey.jwk], home)
    const issuers = [{ issuer: home, audience: homeClaims.aud }, partnerRules, { issuer: 'https://third.example.com', audience: null }]
    const verifier = createMultiIssuerVerifier({ issuers, fetch: issuer.fetch, now: clock.now })
    expect(issuer.requests).toEqual([])
    expect(await outcome(verifier.verify(await homeKey.sign(homeClaims)))).toBe('accepted')
    expect(await outcome(verifier.verify(await partnerKey.sign(partnerClaims)))).toBe('accepted')
    expect(issuer.requests.map(({ url }) => url)).toEqual([issuer.metadataUrl, issuer.jwksUri])
  })

  it('of an issuer whose keys cannot be had says so, while others are accepted', async () => {
    const { verifier } = createPair({ issuers: [homeRules, { issuer: partner, audience: null }] })
    expect(await outcome(verifier.verify(await partnerKey.sign(partnerClaims)))).toBe('unavailable keys_unavailable')
    expect(await outcome(verifier.verify(await homeKey.sign(homeClaims)))).toBe('accepted')
  })

  it.each([
    ['x', 'token_malformed'],
    ['', 'token_malformed'],
    ['a.b.c.d', 'token_malformed'],
    ['e30.e30.e30.e30.e30', 'token_encrypted'],
    ['W10.e30.', 'header_malformed'],
    ['e30.W10.', 'claims_malformed'],
    ['e30.e30.', 'claim_missing'],
  ])('that is none is refused by its form: %s', async (token, code) => {
    expect(await outcome(createPair().verifier.verify(token))).toBe(`invalid_token ${code}`)
    expect(await outcome(createPair().verifier.verify(undefined as never))).toBe('invalid_token token_malformed')
  })
})

describe('what holds for all issuers', () => {
  it('is one cache of verdicts, out of which tokens go by what they hold', async () => {
    const { verifier } = createPair()
    const [ours, theirs] = [await homeKey.sign(homeClaims), await partnerKey.sign(partnerClaims)]
    const verifyBoth = () => Promise.all([verifier.verify(ours), verifier.verify(theirs)])
    const [first, second] = await verifyBoth()
    verifier.evict({ sub: 'john', issuer: partner })
    const [kept, anew] = await verifyBoth()
    expect([kept === first, anew === second]).toEqual([true, false])
    verifier.evict({ sub: 'john' })
    const [firstAnew, secondAnew] = await verifyBoth()
    expect([firstAnew === first, secondAnew === anew]).toEqual([false, false])
  })

  it('is that cache switched off', async () => {
    const { verifier } = createPair({ cache: false })
    const token = await homeKey.sign(homeClaims)
    expect(await verifier.verify(token)).not.toBe(await verifier.verify(token))
  })

  it('is the revocation, asked on every use', async () => {
    const asked: string[] = []
    const { verifier } = createPair({ revocation: { isRevoked: ({ issuer }) => asked.push(issuer) > 2 } })
    const tokens = [await homeKey.sign(homeClaims), await partnerKey.sign(partnerClaims)]
    for (const token of tokens) expect(await outcome(verifier.verify(token))).toBe('accepted')
    for (const token of tokens) expect(await outcome(verifier.verify(token))).toBe('invalid_token token_revoked')
    expect(asked).toEqual([home, partner, home, partner])
  })

  it('is the sender', async () => {
    const { verifier } = createPair({ senderConstraint: { mtls: { from: 'connection' }, required: true } })
    expect(verifier.senderConstraint).toEqual({ required: true, mtls: true, dpop: undefined })
    expect(await outcome(verifier.verify(await partnerKey.sign(partnerClaims)))).toBe('invalid_token sender_constraint_missing')
    const bound = await partnerKey.sign({ ...partnerClaims, cnf: { 'x5t#S256': 'A'.repeat(43) } })
    expect(await outcome(verifier.verify(bound, { scheme: 'Bearer', request }))).toBe('invalid_token certificate_missing')
    expect(createPair().verifier.senderConstraint).toBeUndefined()
    expect(await outcome(createPair().verifier.verify(bound, { scheme: 'Bearer', request }))).toBe('invalid_token confirmation_unchecked')
    expect(await outcome(createPair().verifier.verify(bound, { scheme: 'DPoP', request }))).toBe('invalid_token scheme_unsupported')
  })

  it('is the clock: a kept verdict ends with its token', async () => {
    const clock = createFakeClock(now)
    const { verifier } = createPair({ now: clock.now })
    const token = await homeKey.sign(homeClaims)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    await clock.advance(300_000)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
  })
})

describe('the list', () => {
  it('is told for metadata, in its order, and cannot be changed', () => {
    const issuers = [partnerRules, homeRules]
    const { verifier } = createPair({ issuers })
    issuers.pop()
    expect(verifier.issuers).toEqual([partner, home])
    expect(Object.isFrozen(verifier.issuers)).toBe(true)
  })

  it('is copied: what is changed later does not count', async () => {
    const audience = ['billing-api']
    const keys = { jwks: { keys: [homeKey.jwk] } }
    const rules = { issuer: home, audience, keys }
    const { verifier } = createPair({ issuers: [rules] })
    audience.push(homeClaims.aud)
    keys.jwks.keys = [partnerKey.jwk]
    Object.assign(rules, { audience: null })
    expect(await outcome(verifier.verify(await homeKey.sign(homeClaims)))).toBe('invalid_token audience_mismatch')
    expect(await outcome(verifier.verify(await partnerKey.sign(homeClaims)))).toBe('invalid_token signature_invalid')
  })
})

describe('an option that cannot work', () => {
  const resolver = { isTrusted: () => true, resolve: () => undefined }

  it.each<[object, string]>([
    [{ issuers: undefined }, 'issuers must be a list of the rules of each issuer, or { isTrusted, resolve }'],
    [{ issuers: null }, 'issuers must be a list'],
    [{ issuers: home }, 'issuers must be a list'],
    [{ issuers: [] }, 'issuers must not be empty'],
    [{ issuers: [home] }, 'issuers[0] must be the rules of an issuer'],
    [{ issuers: [homeRules, null] }, 'issuers[1] must be the rules of an issuer'],
    [{ issuers: [homeRules, partnerRules, homeRules] }, 'issuers[2] has the name of an issuer before it'],
    [{ issuers: [homeRules, { issuer: partner }] }, 'issuers[1]: audience must be'],
    [{ issuers: [{ ...homeRules, algorithms: ['HS256'] }] }, 'issuers[0]: algorithms must be'],
    [{ issuers: [{ ...homeRules, issuer: '' }] }, 'issuers[0]: issuer must be'],
    [{ issuers: [{ issuer: 'login', audience: null }] }, 'issuers[0]: issuer must be an absolute https URL'],
    [{ issuers: [{ ...homeRules, keys: { jwksUri: 'http://login.example.com' } }] }, 'issuers[0]: jwksUri must be an https URL'],
    [{ issuers: [{ ...homeRules, keys: { jwks: { keys: [] } } }] }, 'issuers[0]: keys.jwks has no key'],
    [{ issuers: [{ ...homeRules, keys: 'x' }] }, 'issuers[0]: keys must be'],
    [{ issuers: [{ ...homeRules, algorithm: ['ES256'] }] }, 'issuers[0] has no option "algorithm"'],
    [{ issuers: [{ ...homeRules, cache: false }] }, 'issuers[0] has no option "cache"'],
    [{ audience: 'orders-api' }, 'createMultiIssuerVerifier has no option "audience"'],
    [{ maxIssuers: 0 }, 'maxIssuers must be a number, at least 1'],
    [{ maxIssuers: 1.5 }, 'maxIssuers must be a whole number'],
    [{ maxTokenBytes: 0 }, 'maxTokenBytes must be'],
    [{ now: 1 }, 'now must be a function'],
    [{ fetch: {} }, 'fetch must be a function'],
    [{ cache: { maxEntries: 0 } }, 'cache.maxEntries must be'],
    [{ issuers: { resolve: () => undefined } }, 'issuers.isTrusted must be a function'],
    [{ issuers: { isTrusted: () => true } }, 'issuers.resolve must be a function'],
    [{ issuers: { ...resolver, audience: null } }, 'issuers has no option "audience"'],
    [{ issuers: { ...resolver, resolveTtlMs: 0 } }, 'issuers.resolveTtlMs must be a number, from 1 to 86400000'],
    [{ issuers: { ...resolver, unknownTtlMs: Number.NaN } }, 'issuers.unknownTtlMs must be a number, from 1 to 86400000'],
    [{ issuers: { ...resolver, timeoutMs: 60_001 } }, 'issuers.timeoutMs must be a number, from 1 to 60000'],
  ])('is found at once: %j', (options, message) => {
    const create = () => createMultiIssuerVerifier({ issuers: [homeRules], ...options })
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(message)
  })
})
