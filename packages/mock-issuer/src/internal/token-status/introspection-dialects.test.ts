import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { basic } from '../../../test/code-flow.js'
import { introspect, json, phantom, signed } from '../../../test/introspection-dialects.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

// What is said of which token is the same in all: it is tested beside the endpoint. Here is what differs.
const now = () => Date.UTC(2026, 0, 1)

async function introspectAs(client: Partial<IssuerClient>, issue: (issuer: MockIssuer) => Promise<string>, dialect = json) {
  const issuer = await createMockIssuer({ now, clients: [{ clientId: 'api', clientSecret: 'api-secret', ...client }] })
  return introspect(issuer, await issue(issuer), dialect, basic('api', 'api-secret'))
}

test('answers in JSON by default, which nobody may keep', async () => {
  for (const asked of ['*/*', json.accept, 'text/html, */*;q=0.1']) {
    const response = await introspectAs({}, (issuer) => issuer.accessToken(), { ...json, accept: asked })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ active: true })
  }
})

test('signs a response for the caller, which cannot pass for an access token', async () => {
  const issuer = await createMockIssuer({ now })
  const response = await introspect(issuer, await issuer.opaqueToken({ scope: 'orders_read', jti: 'id-1' }), signed)
  const body = await response.text()

  expect(response.headers.get('content-type')).toBe(signed.accept)
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

test('says 406 of an opaque token that has no JWT, unless JSON will do too', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.opaqueToken()
  const refused = await introspect(issuer, token, phantom)

  expect(refused.status).toBe(406)
  expect(await refused.json()).toEqual({ error: 'invalid_request', error_description: 'This token is opaque, and no JWT belongs to it.' })
  expect(await (await introspect(issuer, token, { ...json, accept: `${phantom.accept}, ${json.accept}` })).json()).toMatchObject({
    active: true,
  })
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
  ['jwt', signed.accept],
  ['phantom', phantom.accept],
] as const)('answers a client of %s in that dialect, whatever it accepts', async (introspection, contentType) => {
  for (const asked of [json, signed, phantom]) {
    const response = await introspectAs({ introspection }, (issuer) => issuer.accessToken(), asked)
    expect(response.headers.get('content-type')).toBe(contentType)
  }
})

test('says in its metadata how it signs', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect(metadata.introspection_signing_alg_values_supported).toEqual(['ES256', 'RS256', 'PS256', 'EdDSA'])
})
