import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../src/access-token-error.js'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import type { ConfirmingVerifier, HybridVerifierOptions } from '../src/hybrid-verifier-options.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { createWatchedIntrospection, createWatchedJwt, opaque, presentation, request } from './hybrid-fixture.js'
import { homeRules, partnerClaims, partnerKey, partnerRules } from './multi-issuer-fixture.js'
import { createTestKey } from './token-factory.js'
import { claims, issuer, key, now } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const token = await key.sign(claims)

function setUp(confirm: HybridVerifierOptions['confirm'], answer?: ConfirmingVerifier['confirm']) {
  const [jwt, introspection] = [createWatchedJwt(), createWatchedIntrospection(answer)]
  return { jwt, introspection, verifier: createHybridVerifier({ jwt, introspection, confirm, now: () => now }) }
}

/** What the issuer says of the token. */
const saying = (members: Record<string, unknown>, of = issuer) =>
  setUp(
    () => true,
    async () => ({ ...opaque, issuer: of, claims: members }),
  )

describe('a sensitive operation', () => {
  const isPost: HybridVerifierOptions['confirm'] = (_, presented) => presented?.request.method === 'POST'

  it('has the issuer asked as well, each time, and gives the local verdict', async () => {
    const { verifier, introspection, jwt } = setUp(isPost)
    const local = await verifier.verify(token, { scheme: 'Bearer', request: { ...request, method: 'GET' } })
    expect(introspection.confirmed).toEqual([])
    expect(await verifier.verify(token, presentation)).toBe(local)
    expect(await verifier.verify(token, presentation)).toBe(local)
    expect({ confirmed: introspection.confirmed, given: introspection.given }).toEqual({ confirmed: [token, token], given: [] })
    expect(jwt.given).toEqual([token, token, token])
    expect(local.claims).toEqual(claims)
  })

  it('is refused when the issuer says that the token is not active, and others are not', async () => {
    const { verifier, introspection } = setUp(isPost)
    introspection.inactive.add(token)
    expect(await outcome(verifier.verify(token, presentation))).toBe('invalid_token token_inactive')
    expect(await outcome(verifier.verify(token))).toBe('accepted')
  })

  it('is told from others by the token and the request', async () => {
    const asked: unknown[] = []
    const { verifier } = setUp((...all) => asked.push(all) < 0)
    const local = await verifier.verify(token, presentation)
    await verifier.verify(token)
    expect(asked).toEqual([
      [local, presentation],
      [local, undefined],
    ])
  })

  it('does not have a token confirmed that is refused locally, or is opaque', async () => {
    const asked: unknown[] = []
    const { verifier, introspection } = setUp((accessToken) => asked.push(accessToken) > 0)
    const stranger = await createTestKey('2026', 'ES256')
    expect(await outcome(verifier.verify(await stranger.sign(claims)))).toBe('invalid_token signature_invalid')
    expect(await verifier.verify('opaque')).toBe(opaque)
    expect({ asked, confirmed: introspection.confirmed }).toEqual({ asked: [], confirmed: [] })
  })
})

describe('what the issuer says', () => {
  it.each<[string, Record<string, unknown>]>([
    ['nothing more', {}],
    ['the same', { iss: issuer, sub: 'john' }],
    ['the same, and more', { sub: 'john', scope: 'other' }],
  ])('agrees with the token: %s', async (_, members) => {
    expect(await outcome(saying(members).verifier.verify(token))).toBe('accepted')
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['another subject', { sub: 'mary' }, 'claim_invalid'],
    ['a subject in another case', { sub: 'John' }, 'claim_invalid'],
    ['a subject that is no string', { sub: null }, 'claim_invalid'],
    ['another issuer', { iss: 'https://evil.example', sub: 'john' }, 'issuer_mismatch'],
    ['almost this issuer', { iss: `${issuer}/`, sub: 'john' }, 'issuer_mismatch'],
  ])('is of another token if it names %s', async (_, members, code) => {
    expect(await outcome(saying(members).verifier.verify(token))).toBe(`invalid_token ${code}`)
  })

  it('is of another token if it is about a subject, and the token has none', async () => {
    const { sub: _, ...anonymous } = claims
    expect(await outcome(saying({ sub: 'john' }).verifier.verify(await key.sign(anonymous)))).toBe('invalid_token claim_invalid')
    expect(await outcome(saying({}).verifier.verify(await key.sign(anonymous)))).toBe('accepted')
  })

  it('is of another token if it was verified as one of another issuer', async () => {
    expect(await outcome(saying({ sub: 'john' }, 'https://evil.example').verifier.verify(token))).toBe('invalid_token issuer_mismatch')
  })

  it('is asked of no server that the token is not from', async () => {
    const introspection = createWatchedIntrospection()
    const jwt = createMultiIssuerVerifier({ issuers: [homeRules, partnerRules], now: () => now })
    const verifier = createHybridVerifier({ jwt, introspection, confirm: () => true })
    const foreign = await partnerKey.sign(partnerClaims)
    expect(await outcome(verifier.verify(foreign))).toBe('unavailable introspection_unavailable')
    expect(introspection.confirmed).toEqual([])
  })
})

describe('it cannot be decided', () => {
  it.each<[string, () => boolean]>([
    ['throws', () => raise(new Error('no policy'))],
    ['gives a promise', () => Promise.resolve(false) as never],
    ['gives a promise that rejects', () => Promise.reject(new Error('no policy')) as never],
    ['gives nothing', () => undefined as never],
    ['gives 0', () => 0 as never],
  ])('when confirm %s', async (_, confirm) => {
    const { verifier, introspection } = setUp(confirm)
    expect(await outcome(verifier.verify(token))).toBe('unavailable introspection_unavailable')
    expect(introspection.confirmed).toEqual([])
  })

  it.each<[string, () => Promise<never>]>([
    ['cannot be reached', () => Promise.reject(new AccessTokenError('introspection_unavailable', { retryAfterSeconds: 7 }))],
    ['fails in a way of its own', () => Promise.reject(new TypeError('fetch failed'))],
    ['throws', () => raise(new TypeError('fetch failed'))],
    ['says nothing', () => Promise.resolve(undefined as never)],
    ['says true', () => Promise.resolve(true as never)],
    ['says active', () => Promise.resolve({ active: true } as never)],
  ])('when the introspection %s', async (_, answer) => {
    const { verifier } = setUp(() => true, answer)
    expect(await outcome(verifier.verify(token))).toBe('unavailable introspection_unavailable')
  })

  it('and it is said what failed, and by which error', async () => {
    const cause = new TypeError('fetch failed')
    const undecided = setUp(() => raise(cause)).verifier
    const unanswered = setUp(
      () => true,
      () => Promise.reject(cause),
    ).verifier
    await expect(undecided.verify(token)).rejects.toMatchObject({ detail: 'confirm failed', cause, retryAfterSeconds: 1 })
    await expect(unanswered.verify(token)).rejects.toMatchObject({ detail: 'the introspection failed', cause, retryAfterSeconds: 1 })
  })

  it('and then the answer of the introspection is handed on as it is, with when to come back', async () => {
    const error = new AccessTokenError('introspection_unavailable', { retryAfterSeconds: 7 })
    const { verifier } = setUp(
      () => true,
      () => Promise.reject(error),
    )
    await expect(verifier.verify(token)).rejects.toBe(error)
  })
})

function raise(error: Error): never {
  throw error
}
