import { isVerificationError } from '@bailiwick/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { createWatchedIntrospection, createWatchedJwt, opaque, presentation } from './hybrid-fixture.js'
import { homeRules } from './multi-issuer-fixture.js'
import { partsOf, rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { claims, issuer, key, now, nowSeconds } from './verifier-fixture.js'
import { outcome } from './verdict.js'

function setUp() {
  const [jwt, introspection] = [createWatchedJwt(), createWatchedIntrospection()]
  return { jwt, introspection, verifier: createHybridVerifier({ jwt, introspection }) }
}

const stranger = await createTestKey('2026', 'ES256')
const good = await key.sign(claims)
const [header, payload, signature] = partsOf(good)

const refused: readonly (readonly [string, string, string])[] = [
  ['a signature of somebody else', await stranger.sign(claims), 'signature_invalid'],
  ['no signature', `${header}.${payload}.`, 'signature_invalid'],
  ['no algorithm', rawToken({ alg: 'none' }, claims, ''), 'algorithm_not_allowed'],
  ['an algorithm of secrets', rawToken({ alg: 'HS256', kid: '2026' }, claims), 'algorithm_not_allowed'],
  ['an unknown key', await key.sign(claims, { kid: '2025' }), 'key_not_found'],
  ['another kind', await key.sign(claims, { typ: 'logout+jwt' }), 'token_type_rejected'],
  ['an unknown extension', rawToken({ alg: 'ES256', crit: ['x'], x: 1 }, claims), 'critical_header_unknown'],
  ['another issuer', await key.sign({ ...claims, iss: 'https://evil.example' }), 'issuer_mismatch'],
  ['another audience', await key.sign({ ...claims, aud: 'billing-api' }), 'audience_mismatch'],
  ['its time behind it', await key.sign({ ...claims, exp: nowSeconds }), 'token_expired'],
  ['a sender', await key.sign({ ...claims, cnf: { jkt: 'A'.repeat(43) } }), 'confirmation_unchecked'],
  ['padding at its end', `${good}=`, 'token_malformed'],
  ['white space at its end', `${good} `, 'token_malformed'],
  ['a dot at its end', `${good}.`, 'token_malformed'],
  ['a part too few', `${header}.${payload}`, 'token_malformed'],
  ['two parts too many', `${good}.${payload}.${signature}`, 'token_encrypted'],
  ['a size beyond all bounds', rawToken({ alg: 'ES256' }, { ...claims, x: 'x'.repeat(20_000) }), 'token_too_large'],
]

describe('a JWT', () => {
  it('is verified locally, and the verdict is that of the local verifier', async () => {
    const { verifier, jwt, introspection } = setUp()
    const verified = await verifier.verify(good, presentation)
    expect(verified.claims).toEqual(claims)
    expect(await verifier.verify(good)).toBe(verified)
    expect({ jwt: jwt.given, introspection: introspection.given }).toEqual({ jwt: [good, good], introspection: [] })
  })

  it.each(refused)('with %s is refused, and the introspection, which would accept it, not asked', async (_, token, code) => {
    const { verifier, jwt, introspection } = setUp()
    expect(await outcome(verifier.verify(token, presentation))).toBe(`invalid_token ${code}`)
    expect({ jwt: jwt.given, introspection: introspection.given }).toEqual({ jwt: [token], introspection: [] })
  })

  it('that cannot be decided about locally is not decided about by introspection', async () => {
    const introspection = createWatchedIntrospection()
    const jwt = createWatchedJwt({ keys: { jwksUri: `${issuer}/jwks` } })
    expect(await outcome(createHybridVerifier({ jwt, introspection }).verify(good))).toBe('unavailable keys_unavailable')
    expect(introspection.given).toEqual([])
  })

  it('of an issuer that nobody has listed is not sent to a server that it is not from', async () => {
    const introspection = createWatchedIntrospection()
    const jwt = createMultiIssuerVerifier({ issuers: [homeRules], now: () => now })
    const foreign = await key.sign({ ...claims, iss: 'https://partner.example.net' })
    expect(await outcome(createHybridVerifier({ jwt, introspection }).verify(foreign))).toBe('invalid_token issuer_unknown')
    expect(introspection.given).toEqual([])
  })

  it('that was revoked locally stays so', async () => {
    const introspection = createWatchedIntrospection()
    const jwt = createWatchedJwt({ revocation: { isRevoked: () => true } })
    expect(await outcome(createHybridVerifier({ jwt, introspection }).verify(good))).toBe('invalid_token token_revoked')
    expect(introspection.given).toEqual([])
  })
})

describe('an opaque token', () => {
  it.each([
    ['without a dot', 'mF_9B5f-41JqM'],
    ['with dots', 'ya29.a0Af_by'],
    ['with three parts', 'aaaa.bbbb.cccc'],
    ['that is encrypted for somebody else', rawToken({ alg: 'RSA-OAEP', enc: 'A256GCM' }, 'a').concat('.b.c')],
    ['that is empty', ''],
  ])('%s goes to the introspection alone', async (_, token) => {
    const { verifier, jwt, introspection } = setUp()
    expect(await verifier.verify(token, presentation)).toBe(opaque)
    expect({ jwt: jwt.given, introspection: introspection.given }).toEqual({ jwt: [], introspection: [token] })
  })

  it('that the introspection refuses is refused', async () => {
    const { verifier, introspection, jwt } = setUp()
    introspection.inactive.add('inactive')
    expect(await outcome(verifier.verify('inactive'))).toBe('invalid_token token_inactive')
    expect(jwt.given).toEqual([])
  })
})

describe('any string', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const head = fc.oneof(fc.constantFrom(header, encode('{"alg":"A","enc":"B"}'), 'e30'), fc.json().map(encode), fc.string())
  const rest = fc.oneof(fc.constantFrom(payload, signature, ''), fc.base64String(), fc.string({ unit: 'binary' }))
  const tokens = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(head, fc.array(rest, { maxLength: 6 })).map(([first, others]) => [first, ...others].join('.')),
    fc.tuple(fc.nat(good.length), fc.string({ maxLength: 3 })).map(([at, text]) => good.slice(0, at) + text + good.slice(at)),
  )

  it('goes to exactly one of the two, as it is, and the one gives the answer', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => {
        const { verifier, jwt, introspection } = setUp()
        const [answer] = await Promise.allSettled([verifier.verify(token, presentation)])
        expect([...jwt.given, ...introspection.given]).toEqual([token])
        if (answer.status === 'fulfilled') expect(answer.value === opaque).toBe(introspection.given.length === 1)
        else expect([isVerificationError(answer.reason), introspection.given]).toEqual([true, []])
      }),
      { numRuns: 1000 },
    )
  })

  it('that is changed from a good JWT by one character is not accepted as an opaque one, as long as it has its header', async () => {
    const { verifier, introspection } = setUp()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: header.length + 1, max: good.length }), fc.string({ maxLength: 2 }), async (at, text) => {
        const token = good.slice(0, at) + text + good.slice(at + 1)
        fc.pre(token !== good)
        expect(await outcome(verifier.verify(token))).toMatch(/^invalid_token [a-z_]+$/)
        expect(introspection.given).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
