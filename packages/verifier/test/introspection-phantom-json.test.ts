import { describe, expect, it } from 'vitest'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { settle } from './fake-clock.js'
import { createFakeIntrospection, createFakeStore, createVerifier, json, keys } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { audience, claims, issuer, key, now, nowSeconds } from './verifier-fixture.js'

const phantom = { response: 'phantom', keys } as const
const john = await createProofKey()
const bound = { jkt: john.jkt }
const jwt = await key.sign(claims)
const boundJwt = await key.sign({ ...claims, cnf: bound })

function verifierTold(members: object, options = {}) {
  return createVerifier(
    createFakeIntrospection(() => json({ active: true, ...members })),
    { ...phantom, ...options },
  )
}

describe('what JSON says beside a phantom token', () => {
  it.each([
    ['another issuer', { iss: 'https://other.example.com' }, 'issuer_mismatch'],
    ['an issuer that is none', { iss: null }, 'claim_invalid'],
    ['another audience', { aud: 'billing-api' }, 'audience_mismatch'],
    ['no audience', { aud: [] }, 'audience_mismatch'],
    ['an audience that is none', { aud: 7 }, 'claim_invalid'],
    ['an end that has passed', { exp: nowSeconds }, 'token_expired'],
    ['an end that is none', { exp: null }, 'claim_invalid'],
    ['a beginning that is ahead', { nbf: nowSeconds + 1 }, 'token_not_yet_valid'],
    ['the type of a refresh token', { token_type: 'refresh_token' }, 'token_type_rejected'],
    ['the use of a refresh token', { token_use: 'refresh' }, 'token_type_rejected'],
    ['the use of an ID token', { token_use: 'id' }, 'token_type_rejected'],
    ['the typ of a refresh token', { typ: 'Refresh' }, 'token_type_rejected'],
    ['events', { events: {} }, 'token_type_rejected'],
    ['the type DPoP, of a JWT that is not bound', { token_type: 'DPoP' }, 'confirmation_invalid'],
    ['a key that the JWT does not have', { cnf: bound }, 'confirmation_invalid'],
    ['a certificate that the JWT does not have', { cnf: { 'x5t#S256': 'A'.repeat(43) } }, 'confirmation_invalid'],
    ['a confirmation that is empty', { cnf: {} }, 'confirmation_invalid'],
    ['a confirmation that is none', { cnf: null }, 'confirmation_invalid'],
  ])('has the token refused if it is %s', async (_, beside, code) => {
    for (const name of ['jwt', 'phantom_token']) {
      const verifier = verifierTold({ [name]: jwt, ...beside })
      expect(await outcome(verifier.verify('opaque'))).toBe(`invalid_token ${code}`)
      expect(await outcome(verifier.confirm('opaque'))).toBe(`invalid_token ${code}`)
    }
  })

  it.each([
    ['nothing', {}],
    ['the same', { iss: issuer, aud: [audience], exp: claims.exp, iat: claims.iat, token_type: 'Bearer', token_use: 'access' }],
    ['what an ID token has as well', { nonce: 'n' }],
    ['what decides nothing', { sub: 'mallory', scope: 'everything', cnf_: bound }],
  ])('changes nothing if it is %s', async (_, beside) => {
    const verified = await verifierTold({ jwt, ...beside }).verify('opaque')
    expect(verified).toEqual({ issuer, expiresAt: claims.exp, claims })
  })

  it('has to bind it to the same sender, if to any', async () => {
    const senderConstraint = { dpop: { publicUrl }, mtls: { from: 'connection' } } as const
    const said = async (members: object) => {
      const presentation = { scheme: 'DPoP', request: requestWith(await john.prove({ ath: hashOf('opaque') })) } as const
      return outcome(verifierTold({ jwt: boundJwt, ...members }, { senderConstraint }).verify('opaque', presentation))
    }
    expect(await said({})).toBe('accepted')
    expect(await said({ cnf: bound, token_type: 'DPoP' })).toBe('accepted')
    expect(await said({ token_type: 'DPoP' })).toBe('accepted')
    for (const cnf of [{ jkt: 'A'.repeat(43) }, { ...bound, 'x5t#S256': 'A'.repeat(43) }, { 'x5t#S256': 'A'.repeat(43) }, {}]) {
      expect(await said({ cnf })).toBe('invalid_token confirmation_invalid')
    }
  })

  it('ends the token with the earlier of both ends', async () => {
    let time = now
    const fake = createFakeIntrospection(() => json({ active: true, jwt, exp: nowSeconds + 5 }))
    const verifier = createVerifier(fake, { ...phantom, now: () => time, clockToleranceSeconds: 2 })
    const verified = await verifier.verify('opaque')
    expect([verified.expiresAt, Object.isFrozen(verified)]).toEqual([nowSeconds + 5, true])
    await settle()
    time = now + 4999
    expect(verifier.recall('opaque')).toBe(verified)
    time = now + 5000
    expect(verifier.recall('opaque')).toBe(undefined)
    expect((await verifierTold({ jwt, exp: nowSeconds + 900 }).verify('opaque')).expiresAt).toBe(claims.exp)
  })

  it('does not stand in for what the JWT lacks, and is held to the largest age', async () => {
    const withoutAge = await key.sign({ ...claims, iat: undefined })
    const said = (members: object) => outcome(verifierTold({ jwt: withoutAge, ...members }, { maxTokenAgeSeconds: 60 }).verify('opaque'))
    expect(await said({ iat: nowSeconds })).toBe('invalid_token claim_missing')
    expect(await outcome(verifierTold({ jwt, iat: nowSeconds - 61 }, { maxTokenAgeSeconds: 60 }).verify('opaque'))).toBe(
      'invalid_token token_too_old',
    )
  })

  it('is kept with it in a store', async () => {
    const store = createFakeStore()
    await verifierTold({ jwt, exp: nowSeconds + 5, token_type: 'Bearer' }, { cache: { store } }).verify('opaque')
    await store.written()
    const other = createFakeIntrospection(() => json({ active: false }))
    const verified = await createVerifier(other, { ...phantom, cache: { store } }).verify('opaque')
    expect([verified.expiresAt, other.asked.length]).toEqual([nowSeconds + 5, 0])
  })
})
