import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createJwtVerifier } from '../src/jwt-verifier.js'
import { active, client, createFakeIntrospection, createVerifier, json, keys, typed, verifierTold } from './introspection-fixture.js'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { outcome } from './verdict.js'
import { audience, claims, issuer, key, now, nowSeconds } from './verifier-fixture.js'

const unavailable = 'unavailable introspection_unavailable'
const type = 'application/token-introspection+jwt'
const header = { typ: 'token-introspection+jwt' }
const said = { iss: issuer, aud: client.clientId, iat: nowSeconds, token_introspection: active }

function verdictOn(body: string | Promise<string>, contentType = type, options = {}) {
  return outcome(verifierTold(async () => typed(contentType, await body), { response: 'signed', keys, ...options }).verify('opaque'))
}

describe('a signed answer', () => {
  it('is asked for, and gives the claims that are inside', async () => {
    const accepts: (string | null)[] = []
    const fake = createFakeIntrospection(async (_, headers) => {
      accepts.push(headers.get('accept'))
      const answer = { ...active, jwt: 'e30.e30.AAAA', phantom_token: 'e30.e30.AAAA' }
      return typed(type, await key.sign({ ...said, token_introspection: answer }, header))
    })
    const { claims: given } = await createVerifier(fake, { response: 'signed', keys }).verify('opaque')
    const { active: _, ...members } = active
    expect(given).toEqual(members)
    expect(accepts).toEqual([type])
  })

  it.each([
    ['a media type as its typ', said, { typ: 'application/token-introspection+jwt' }],
    ['capitals in its typ', said, { typ: 'Token-Introspection+JWT' }],
    ['several audiences', { ...said, aud: ['other', client.clientId] }, header],
    ['the API as its audience, by the name that tokens have for it', { ...said, aud: audience }, header],
    ['a clock that is ahead by a minute', { ...said, iat: nowSeconds + 60 }, header],
    ['a clock that is behind by a minute', { ...said, iat: nowSeconds - 60 }, header],
    ['claims beside the answer', { ...said, sub: 'mallory', active: false }, header],
    ['times of its own, as a clock that is ahead by a minute gives them', { ...said, nbf: nowSeconds + 60, exp: nowSeconds + 1 }, header],
  ])('with %s is one', async (_, payload, head) => {
    expect(await verdictOn(key.sign(payload, head))).toBe('accepted')
  })

  it('says that a token is not active, and is held to what the API demands', async () => {
    const tell = (answer: unknown) => verdictOn(key.sign({ ...said, token_introspection: answer }, header))
    expect(await tell({ active: false })).toBe('invalid_token token_inactive')
    expect(await tell({ ...active, aud: 'billing-api' })).toBe('invalid_token audience_mismatch')
    expect(await tell({ ...active, iss: 'https://other.example.com' })).toBe('invalid_token issuer_mismatch')
    expect(await tell({ ...active, exp: nowSeconds - 1 })).toBe('invalid_token token_expired')
  })

  it.each([
    ['that is an access token', claims, { typ: 'at+jwt' }],
    ['of the kind of access tokens', said, { typ: 'at+jwt' }],
    ['of a kind whose name ends like it', said, { typ: 'x-token-introspection+jwt' }],
    ['of a kind whose name begins like it', said, { typ: 'token-introspection+jwt-x' }],
    ['of another kind of JWT', said, { typ: 'JWT' }],
    ['of no kind', said, { typ: undefined }],
    ['with a typ that is not a string', said, { typ: ['token-introspection+jwt'] }],
    ['whose claims are at the top', { ...said, ...active, token_introspection: undefined }, header],
    ['whose answer is a text', { ...said, token_introspection: JSON.stringify(active) }, header],
    ['whose answer is a list', { ...said, token_introspection: [active] }, header],
    ['that does not say whether the token is active', { ...said, token_introspection: { ...active, active: 'true' } }, header],
    ['that says it beside the answer', { ...said, active: true, token_introspection: { sub: 'john' } }, header],
    ['for another client', { ...said, aud: 'billing-api' }, header],
    ['for nobody', { ...said, aud: undefined }, header],
    ['of another issuer', { ...said, iss: 'https://other.example.com' }, header],
    ['of no issuer', { ...said, iss: undefined }, header],
    ['of long ago', { ...said, iat: nowSeconds - 60.001 }, header],
    ['of the future', { ...said, iat: nowSeconds + 60.001 }, header],
    ['of no time', { ...said, iat: undefined }, header],
    ['with a time in a text', { ...said, iat: String(nowSeconds) }, header],
    ['that is itself expired', { ...said, exp: nowSeconds }, header],
    ['that is itself not valid yet', { ...said, nbf: nowSeconds + 60.001 }, header],
    ['that expires at no time', { ...said, exp: String(nowSeconds + 60) }, header],
    ['that is valid from no time on', { ...said, nbf: 'now' }, header],
    ['with an extension that is critical', said, { ...header, crit: ['x'], x: 1 }],
    ['of a key that the issuer does not publish', said, { ...header, kid: 'other' }],
    ['that is no object', [said], header],
  ])('%s is none', async (_, payload, head) => {
    const good = await key.sign(said, header)
    expect(await verdictOn(good)).toBe('accepted')
    // Made by hand, since a library does not sign a header that it does not understand.
    const body = 'crit' in head ? rawToken({ alg: 'ES256', kid: '2026', ...head }, payload) : await key.sign(payload, head)
    expect(await verdictOn(body)).toBe(unavailable)
  })

  it('is for the API that asked, where it does not check for which API a token is', async () => {
    const tell = (aud: unknown) => verdictOn(key.sign({ ...said, aud }, header), type, { audience: null })
    expect(await tell(client.clientId)).toBe('accepted')
    for (const aud of ['other', audience, undefined]) expect(await tell(aud)).toBe(unavailable)
  })

  it('is none with a status other than that of an answer', async () => {
    const body = await key.sign(said, header)
    for (const status of [201, 400, 401, 500]) {
      const reply = () => new Response(body, { status, headers: { 'content-type': type } })
      expect(await outcome(verifierTold(reply, { response: 'signed', keys }).verify('opaque'))).toBe(unavailable)
    }
  })

  it('without a signature, or of one by the secret of the client, is none', async () => {
    const secret = new TextEncoder().encode(client.authentication.clientSecret.padEnd(32, '.'))
    const hmac = new SignJWT(said).setProtectedHeader({ alg: 'HS256', ...header }).sign(secret)
    expect(await verdictOn(hmac)).toBe(unavailable)
    expect(await verdictOn(rawToken({ alg: 'none', ...header }, said, ''))).toBe(unavailable)
    expect(await verdictOn(rawToken({ alg: 'ES256', kid: '2026', ...header }, said))).toBe(unavailable)
    const stranger = await createTestKey('2026', 'ES256')
    expect(await verdictOn(stranger.sign(said, header))).toBe(unavailable)
  })

  it('of an algorithm that is not allowed is none', async () => {
    expect(await verdictOn(key.sign(said, header), type, { algorithms: ['RS256'] })).toBe(unavailable)
  })

  it('that is encrypted, cut off or empty is none', async () => {
    const good = await key.sign(said, header)
    for (const body of [`${good}.AA.AA`, good.slice(0, -4), `${good} `, '', 'null', '{}']) expect(await verdictOn(body)).toBe(unavailable)
  })

  it.each(['application/jwt', 'application/json', 'text/plain'])('with the content type %s is none', async (contentType) => {
    expect(await verdictOn(key.sign(said, header), contentType)).toBe(unavailable)
  })

  it('is not replaced by plain JSON, whatever that says', async () => {
    const tell = async (body: unknown) => outcome(verifierTold(() => json(body), { response: 'signed', keys }).verify('opaque'))
    expect(await tell(active)).toBe(unavailable)
    expect(await tell({ active: false })).toBe(unavailable)
  })

  it('cannot be decided on while the keys cannot be had', async () => {
    const failing = { keysFor: () => Promise.reject(new Error('down')), newerKeysFor: () => Promise.resolve([]) }
    expect(await verdictOn(key.sign(said, header), type, { keys: failing })).toBe('unavailable keys_unavailable')
  })

  it('is no access token', async () => {
    const response = await key.sign({ ...claims, ...said, aud: [audience, client.clientId] }, header)
    expect(await verdictOn(response)).toBe('accepted')
    const verifier = createJwtVerifier({ issuer, audience, keys, now: () => now })
    expect(await outcome(verifier.verify(response))).toBe('invalid_token token_type_rejected')
  })
})

it('waits for the keys of signed answers no longer than for the answers', async () => {
  const fake = createFakeIntrospection(async () => typed(type, await key.sign(said, header)))
  const fetch: typeof fake.fetch = (url, init) => (url.endsWith('/jwks') ? new Promise(() => {}) : fake.fetch(url, init))
  const verifier = createVerifier({ ...fake, fetch }, { response: 'signed', keys: { jwksUri: `${issuer}/jwks` }, timeoutMs: 20 })
  expect(await outcome(verifier.verify('opaque'))).toBe('unavailable keys_unavailable')
}, 2000)
