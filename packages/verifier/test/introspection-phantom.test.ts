import { describe, expect, it } from 'vitest'
import { client, createFakeIntrospection, createVerifier, json, keys, typed, verifierTold } from './introspection-fixture.js'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { outcome } from './verdict.js'
import { claims, issuer, key, nowSeconds } from './verifier-fixture.js'

const unavailable = 'unavailable introspection_unavailable'

function verdictOn(body: string | Promise<string>, options = {}) {
  return outcome(verifierTold(async () => typed('application/jwt', await body), { response: 'phantom', keys, ...options }).verify('opaque'))
}

function verdictOnJson(body: unknown) {
  return outcome(verifierTold(() => json(body), { response: 'phantom', keys }).verify('opaque'))
}

describe('a phantom token', () => {
  it('is asked for by its exact type, and its claims are given', async () => {
    const accepts: (string | null)[] = []
    const fake = createFakeIntrospection(async (_, headers) => {
      accepts.push(headers.get('accept'))
      return typed('application/jwt', await key.sign(claims))
    })
    const verified = await createVerifier(fake, { response: 'phantom', keys }).verify('opaque')
    expect(verified).toEqual({ issuer, expiresAt: claims.exp, claims })
    expect(accepts).toEqual(['application/jwt'])
  })

  it.each(['phantom_token', 'jwt'])('may be the member %s of JSON', async (name) => {
    expect(await verdictOnJson({ active: true, sub: 'mallory', [name]: await key.sign(claims) })).toBe('accepted')
  })

  it('is not there for a token that is not active', async () => {
    const told = verifierTold(() => new Response(null, { status: 204 }), { response: 'phantom', keys })
    expect(await outcome(told.verify('opaque'))).toBe('invalid_token token_inactive')
    expect(await verdictOnJson({ active: false })).toBe('invalid_token token_inactive')
    expect(await verdictOnJson({ active: false, jwt: await key.sign(claims) })).toBe('invalid_token token_inactive')
  })

  it.each([
    ['that has expired', { exp: nowSeconds }, {}, 'invalid_token token_expired'],
    ['without an end', { exp: undefined }, {}, 'invalid_token claim_missing'],
    ['for another audience', { aud: 'billing-api' }, {}, 'invalid_token audience_mismatch'],
    ['for no audience', { aud: undefined }, {}, 'invalid_token claim_missing'],
    ['of another issuer', { iss: 'https://other.example.com' }, {}, 'invalid_token issuer_mismatch'],
    ['that is an ID token', { aud: ['orders-api'], nonce: 'n' }, {}, 'invalid_token token_type_rejected'],
    ['that is a refresh token', { typ: 'Refresh' }, {}, 'invalid_token token_type_rejected'],
    ['that is bound to a key', { cnf: { jkt: 'A'.repeat(43) } }, {}, 'invalid_token confirmation_unchecked'],
    ['that is a response', {}, { typ: 'token-introspection+jwt' }, unavailable],
    ['that is a logout token', {}, { typ: 'logout+jwt' }, unavailable],
    ['that says that it holds another token', {}, { cty: 'JWT' }, unavailable],
    ['of a key that is not published', {}, { kid: 'other' }, unavailable],
  ])('%s is refused', async (_, changed, header, expected) => {
    expect(await verdictOn(key.sign({ ...claims, ...changed }, header))).toBe(expected)
  })

  it('that the issuer did not sign is no answer', async () => {
    const stranger = await createTestKey('2026', 'ES256')
    expect(await verdictOn(stranger.sign(claims))).toBe(unavailable)
    expect(await verdictOn(rawToken({ alg: 'none' }, claims, ''))).toBe(unavailable)
    expect(await verdictOn(key.sign(claims), { algorithms: ['RS256'] })).toBe(unavailable)
  })

  it('is held to the profile that is configured', async () => {
    expect(await verdictOn(key.sign(claims, { typ: 'at+jwt' }), { profile: 'rfc9068' })).toBe('accepted')
    expect(await verdictOn(key.sign({ ...claims, jti: undefined }, { typ: 'at+jwt' }), { profile: 'rfc9068' })).toBe(
      'invalid_token claim_missing',
    )
    expect(await verdictOn(key.sign(claims), { profile: 'rfc9068' })).toBe(unavailable)
  })

  it('with the claims of a signed response at its top is no answer', async () => {
    const near = await key.sign({ ...claims, aud: client.clientId, active: true }, { typ: 'token-introspection+jwt' })
    expect(await verdictOn(near)).toBe(unavailable)
    expect(await verdictOnJson({ active: true, jwt: near })).toBe(unavailable)
  })

  it.each([
    ['says in the way of RFC 9701 that the token is not active', { token_introspection: { active: false } }],
    ['says so of an active one', { token_introspection: { active: true, sub: 'john' } }],
    ['says in the way of its drafts that the token is not active', { active: false }],
    ['says something else of that', { active: 'true' }],
    ['says nothing of that', { active: null }],
  ])('is not what %s, whatever its typ', async (_, members) => {
    for (const typ of [undefined, 'JWT', 'at+jwt']) {
      const response = key.sign({ ...claims, ...members }, { typ })
      expect(await verdictOn(response)).toBe(unavailable)
      expect(await verdictOnJson({ active: true, phantom_token: await response })).toBe(unavailable)
    }
    expect(await verdictOn(key.sign({ ...claims, active: true }))).toBe('accepted')
  })

  it.each([
    ['a JSON object', '{"active":false}'],
    ['a JSON object that says active', '{"active":true}'],
    ['nothing', ''],
    ['an opaque token', 'opaque'],
    ['an encrypted token', 'e30.AA.AA.AA.AA'],
    ['HTML', '<html></html>'],
  ])('cannot be %s', async (_, body) => {
    expect(await verdictOn(body)).toBe(unavailable)
  })

  it('cannot be left out of JSON, doubled or something else', async () => {
    const jwt = await key.sign(claims)
    for (const body of [
      { active: true },
      { active: true, jwt, phantom_token: jwt },
      { active: true, jwt: [jwt] },
      { active: true, jwt: 7 },
      { active: 'true', jwt },
      { jwt },
      jwt,
    ]) {
      expect(await verdictOnJson(body)).toBe(unavailable)
    }
  })

  it('does not come with another content type or status', async () => {
    const jwt = await key.sign(claims)
    const tell = (response: () => Response) => outcome(verifierTold(response, { response: 'phantom', keys }).verify('opaque'))
    expect(await tell(() => typed('text/plain', jwt))).toBe(unavailable)
    expect(await tell(() => typed('application/token-introspection+jwt', jwt))).toBe(unavailable)
    expect(await tell(() => new Response(jwt, { status: 201, headers: { 'content-type': 'application/jwt' } }))).toBe(unavailable)
    expect(await tell(() => new Response(null, { status: 205 }))).toBe(unavailable)
  })
})
