import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { basic, codeForm, logIn, pkce, post, redirectUri, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const now = () => Date.UTC(2026, 0, 1)

async function withCode(changes: Record<string, string> = {}) {
  const issuer = await createMockIssuer({ now })
  return { issuer, code: (await logIn(issuer, changes)).get('code') }
}

test('redeems a code for an access token, a refresh token and an ID token', async () => {
  const { issuer, code } = await withCode({ nonce: 'n-1' })
  const response = await post(issuer, '/token', codeForm(code))
  const body = await response.json()

  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('pragma')).toBe('no-cache')
  expect(body).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'openid orders_read',
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    id_token: expect.any(String),
  })
  const seconds = now() / 1000
  expect(decodeProtectedHeader(body.access_token).typ).toBe('at+jwt')
  expect(decodeJwt(body.access_token)).toMatchObject({ sub: 'john', client_id: 'app', auth_time: seconds, exp: seconds + 300 })
  expect(decodeJwt(body.id_token)).toEqual({
    iss: issuer.issuer,
    sub: 'john',
    aud: 'app',
    iat: seconds,
    exp: seconds + 300,
    auth_time: seconds,
    acr: 'urn:example:pwd',
    amr: ['pwd'],
    sid: expect.any(String),
    nonce: 'n-1',
  })
})

test('issues no ID token when openid was not asked for', async () => {
  const { issuer, code } = await withCode({ scope: 'orders_read' })
  const body = await (await post(issuer, '/token', codeForm(code))).json()

  expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope', 'refresh_token'])
})

test.each([
  ['invalid_request', 'no code', { code: '' }],
  ['invalid_grant', 'an unknown code', { code: 'x'.repeat(43) }],
  ['invalid_request', 'no redirect_uri', { redirect_uri: '' }],
  ['invalid_grant', 'another registered redirect_uri', { redirect_uri: 'http://localhost:3000/callback' }],
  ['invalid_request', 'no verifier', { code_verifier: '' }],
  ['invalid_request', 'a verifier that is too short', { code_verifier: pkce.verifier.slice(1) }],
  ['invalid_request', 'a verifier with other characters', { code_verifier: `${pkce.verifier}/` }],
  ['invalid_grant', 'a wrong verifier', { code_verifier: pkce.verifier.toUpperCase() }],
  ['invalid_grant', 'the challenge as the verifier', { code_verifier: pkce.challenge }],
])('answers %s to %s, and leaves the code to its owner', async (error, _, changes) => {
  const { issuer, code } = await withCode()
  const response = await post(issuer, '/token', codeForm(code, changes))

  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error, error_description: expect.any(String) })
  expect((await post(issuer, '/token', codeForm(code))).status).toBe(200)
})

test('does not redeem a code for another client', async () => {
  const { issuer, code } = await withCode()
  const response = await post(issuer, '/token', codeForm(code, { client_id: '' }), service)

  expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
})

test('does not redeem a code of a confidential client without its secret', async () => {
  const { issuer, code } = await withCode({ client_id: 'service' })
  const response = await post(issuer, '/token', codeForm(code, { client_id: 'service' }))

  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  expect((await post(issuer, '/token', codeForm(code, { client_id: '' }), basic('service', 'service-secret'))).status).toBe(200)
})

test('redeems a code for 60 seconds', async () => {
  const early = await withCode()
  early.issuer.clock.advanceSeconds(59)
  expect((await post(early.issuer, '/token', codeForm(early.code))).status).toBe(200)

  const late = await withCode()
  late.issuer.clock.advanceSeconds(60)
  expect(await (await post(late.issuer, '/token', codeForm(late.code))).json()).toMatchObject({ error: 'invalid_grant' })
})

test.each([0, 3600])('revokes what came of a code when it comes again after %i seconds', async (seconds) => {
  const { issuer, code } = await withCode()
  const tokens = await (await post(issuer, '/token', codeForm(code))).json()
  issuer.clock.advanceSeconds(seconds)
  const again = await post(issuer, '/token', codeForm(code))

  expect(again.status).toBe(400)
  expect(await again.json()).toMatchObject({ error: 'invalid_grant' })
  expect(await (await post(issuer, '/introspect', { token: tokens.access_token }, service)).json()).toEqual({ active: false })
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: tokens.refresh_token }
  expect(await (await post(issuer, '/token', refresh)).json()).toMatchObject({ error: 'invalid_grant' })
})

test('lets one of many requests with the same code win, and revokes what it got', async () => {
  const { issuer, code } = await withCode()
  const responses = await Promise.all(Array.from({ length: 5 }, () => post(issuer, '/token', codeForm(code))))
  const bodies = await Promise.all(responses.map((response) => response.json()))

  const tokens = bodies.flatMap((body) => body.access_token ?? [])
  expect(tokens.length).toBe(1)
  expect(await (await post(issuer, '/introspect', { token: tokens[0] }, service)).json()).toEqual({ active: false })
})

test('compares the redirect_uri as a string', async () => {
  const { issuer, code } = await withCode()
  const response = await post(issuer, '/token', codeForm(code, { redirect_uri: redirectUri.replace('http', 'HTTP') }))

  expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
})

test('takes the port of the request alone, where any port of a loopback address can be asked for', async () => {
  const ownPort = redirectUri.replace('3000', '51004')
  const { issuer, code } = await withCode({ redirect_uri: ownPort })

  expect((await (await post(issuer, '/token', codeForm(code))).json()).error).toBe('invalid_grant')
  expect((await post(issuer, '/token', codeForm(code, { redirect_uri: ownPort }))).status).toBe(200)
})
