import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { basic, codeForm, logIn, post, service } from '../../../test/code-flow.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const now = () => Date.UTC(2026, 0, 1)
const signed = 'application/token-introspection+jwt'
const phantom = 'application/jwt'

function introspect(issuer: MockIssuer, token: string, accept: string, credentials = service): Promise<Response> {
  return post(issuer, '/introspect', { token }, { ...credentials, accept })
}

async function introspectAs(client: Partial<IssuerClient>, issue: (issuer: MockIssuer) => Promise<string>, accept = '*/*') {
  const issuer = await createMockIssuer({ now, clients: [{ clientId: 'api', clientSecret: 'api-secret', ...client }] })
  return introspect(issuer, await issue(issuer), accept, basic('api', 'api-secret'))
}

test('signs a response for the caller, which cannot pass for an access token', async () => {
  const issuer = await createMockIssuer({ now })
  const response = await introspect(issuer, await issuer.opaqueToken({ scope: 'orders_read', jti: 'id-1' }), signed)
  const body = await response.text()

  expect(response.headers.get('content-type')).toBe(signed)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('vary')).toBe('accept')
  const { payload, protectedHeader } = await jwtVerify(body, createLocalJWKSet(await issuer.jwks()), { currentDate: new Date(now()) })
  expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'token-introspection+jwt', kid: expect.any(String) })
  expect(payload).toEqual({
    iss: issuer.issuer,
    aud: 'service',
    iat: now() / 1000,
    token_introspection: {
      active: true,
      token_type: 'Bearer',
      iss: issuer.issuer,
      aud: 'api',
      sub: 'john',
      client_id: 'app',
      iat: now() / 1000,
      exp: now() / 1000 + 300,
      jti: 'id-1',
      scope: 'orders_read',
    },
  })
})

test('signs that a token is not active, and nothing more', async () => {
  const issuer = await createMockIssuer()

  expect(decodeJwt(await (await introspect(issuer, 'unknown', signed)).text())['token_introspection']).toEqual({ active: false })
})

test('signs with the algorithm that the client is registered with', async () => {
  const response = await introspectAs({ introspectionSignedResponseAlg: 'EdDSA' }, (issuer) => issuer.accessToken(), signed)

  expect(decodeProtectedHeader(await response.text()).alg).toBe('EdDSA')
})

test('gives the JWT of a phantom token, to be kept for as long as the token lives', async () => {
  const issuer = await createMockIssuer({ now })
  const { token, jwt } = await issuer.phantomToken({ scope: 'orders_read' })
  issuer.clock.advanceSeconds(100)
  const response = await introspect(issuer, token, phantom)

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/jwt')
  expect(response.headers.get('cache-control')).toBe('max-age=200')
  expect(response.headers.get('vary')).toBe('accept')
  expect(await response.text()).toBe(jwt)
  expect(decodeProtectedHeader(jwt)['typ']).toBe('at+jwt')
})

test('gives the JWT of a split token too, and a JWT itself', async () => {
  const issuer = await createMockIssuer()
  const jwt = await issuer.accessToken()
  const { token, published } = await issuer.splitToken()

  expect(await (await introspect(issuer, jwt, phantom)).text()).toBe(jwt)
  expect(await (await introspect(issuer, token, phantom)).text()).toBe(`${published.headerAndPayload}.${token}`)
})

test('answers 204 where a JWT was asked for and the token is not active', async () => {
  const issuer = await createMockIssuer()
  const { token } = await issuer.phantomToken({}, { expiresInSeconds: -1 })
  for (const inactive of [token, 'unknown', await issuer.idToken()]) {
    const response = await introspect(issuer, inactive, phantom)
    expect(response.status).toBe(204)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe('')
  }
})

test('answers 204 to a refresh token where a JWT was asked for', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer, { client_id: 'service', scope: 'orders_read' })).get('code')
  const { refresh_token: token } = await (await post(issuer, '/token', codeForm(code, { client_id: '' }), service)).json()

  expect((await introspect(issuer, token, phantom)).status).toBe(204)
})

test('says 406 of an opaque token that has no JWT, unless JSON will do too', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.opaqueToken()
  const refused = await introspect(issuer, token, phantom)

  expect(refused.status).toBe(406)
  expect(await refused.json()).toEqual({ error: 'invalid_request', error_description: 'This token is opaque, and no JWT belongs to it.' })
  expect(await (await introspect(issuer, token, `${phantom}, application/json`)).json()).toMatchObject({ active: true })
})

test.each([
  ['json-with-phantom-token', 'phantom_token'],
  ['json-with-jwt', 'jwt'],
] as const)('gives a client of %s the JWT in the member %j, if there is one', async (introspection, member) => {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'api', clientSecret: 'api-secret', introspection }] })
  const { token, jwt } = await issuer.phantomToken()
  const answer = async (asked: string) => (await introspect(issuer, asked, phantom, basic('api', 'api-secret'))).json()

  expect(await answer(token)).toMatchObject({ active: true, sub: 'john', [member]: jwt })
  expect(Object.keys(await answer(await issuer.opaqueToken()))).not.toContain(member)
  expect(await answer('unknown')).toEqual({ active: false })
})

test.each([
  ['json', 'application/json'],
  ['jwt', signed],
  ['phantom', phantom],
] as const)('answers a client of %s in that dialect, whatever it accepts', async (introspection, contentType) => {
  for (const accept of ['application/json', signed, phantom]) {
    const response = await introspectAs({ introspection }, (issuer) => issuer.accessToken(), accept)
    expect(response.headers.get('content-type')).toBe(contentType)
  }
})

test.each([
  ['api-1', true],
  [['api-0', 'api-1'], true],
  [['api-1', 'api-3'], true],
  ['api-3', false],
  ['api', false],
])('says to a client that stands for %j that a token for api-1 and api-2 is active: %j', async (audience, active) => {
  const token = (issuer: MockIssuer) => issuer.accessToken({ aud: ['api-1', 'api-2'] })

  expect(await (await introspectAs({ audience }, token)).json()).toMatchObject({ active })
  expect(decodeJwt(await (await introspectAs({ audience }, token, signed)).text())).toMatchObject({ token_introspection: { active } })
  expect((await introspectAs({ audience }, token, phantom)).status).toBe(active ? 200 : 204)
})

test('tells a client that stands for an API nothing of a token without an audience', async () => {
  const response = await introspectAs({ audience: 'undefined' }, (issuer) => issuer.accessToken({ aud: undefined }))

  expect(await response.json()).toEqual({ active: false })
})

test('says of a token that is bound to a DPoP key that it is one', async () => {
  const response = await introspectAs({}, (issuer) => issuer.accessToken({ cnf: { jkt: 'thumbprint' } }))

  expect(await response.json()).toMatchObject({ token_type: 'DPoP', cnf: { jkt: 'thumbprint' } })
})

test('calls every token active, in every dialect, where that laxity is asked for', async () => {
  const issuer = await createMockIssuer({ lax: ['introspection-always-active'] })
  const revoked = await issuer.accessToken({ account_nr: '42' })
  await post(issuer, '/revoke', { token: revoked, client_id: 'app' })

  expect(await (await introspect(issuer, revoked, '*/*')).json()).toMatchObject({ active: true, account_nr: '42' })
  expect(await (await introspect(issuer, 'unknown', '*/*')).json()).toMatchObject({ active: true, sub: 'john', iss: issuer.issuer })
  expect(decodeJwt(await (await introspect(issuer, 'unknown', signed)).text())).toMatchObject({ token_introspection: { active: true } })
  expect(decodeJwt(await (await introspect(issuer, 'unknown', phantom)).text())).toMatchObject({ sub: 'john', aud: 'api' })
})

test('says in its metadata how it signs', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect(metadata.introspection_signing_alg_values_supported).toEqual(['ES256', 'RS256', 'PS256', 'EdDSA'])
})
