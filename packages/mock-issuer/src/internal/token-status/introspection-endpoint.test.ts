import { expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const now = () => Date.UTC(2026, 0, 1)

async function introspect(issuer: MockIssuer, token: string, more: Record<string, string> = {}) {
  const response = await post(issuer, '/introspect', { token, ...more }, service)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return response.json()
}

test('describes a JWT by all its claims', async () => {
  const issuer = await createMockIssuer({ now })
  const token = await issuer.accessToken({ scope: 'orders_read', account_nr: '42', jti: 'id-1', active: false })

  expect(await introspect(issuer, token)).toEqual({
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
    account_nr: '42',
  })
})

test('describes an opaque token, which says nothing by itself', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.opaqueToken({ sub: 'jane', scope: 'orders_read' })

  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await introspect(issuer, token)).toMatchObject({ active: true, sub: 'jane', scope: 'orders_read' })
})

test('takes a hint of any kind and decides by the token', async () => {
  const issuer = await createMockIssuer()

  expect(await introspect(issuer, await issuer.accessToken(), { token_type_hint: 'refresh_token' })).toMatchObject({ active: true })
})

test('says of anything else that it is not active, and nothing more', async () => {
  const issuer = await createMockIssuer({ now })
  const other = await createMockIssuer({ now })
  const good = await issuer.accessToken()
  const tokens = {
    'an unknown token': 'unknown',
    'a token of another issuer by the same name': await other.accessToken(),
    'a token of the issuer that it did not issue': await issuer.sign({ header: { typ: 'at+jwt' }, payload: { sub: 'john', exp: 1e10 } }),
    'a good token with another ending': good.slice(0, -2),
    'an expired token': await issuer.accessToken({}, { expiresInSeconds: -1 }),
    'a token that ends now': await issuer.accessToken({}, { expiresInSeconds: 0 }),
    'a token that starts later': await issuer.accessToken({ nbf: now() / 1000 + 1 }),
    'a token without an end': await issuer.accessToken({ exp: undefined }),
    'a token with an end that is no number': await issuer.accessToken({ exp: 'tomorrow' }),
    'an ID token': await issuer.idToken(),
  }
  for (const [what, token] of Object.entries(tokens))
    expect({ what, ...(await introspect(issuer, token)) }).toEqual({ what, active: false })
  expect(await introspect(issuer, good)).toMatchObject({ active: true })
})

test('follows the clock', async () => {
  const issuer = await createMockIssuer({ now })
  const token = await issuer.opaqueToken({}, { expiresInSeconds: 10 })
  issuer.clock.advanceSeconds(9)
  expect(await introspect(issuer, token)).toMatchObject({ active: true })
  issuer.clock.advanceSeconds(1)
  expect(await introspect(issuer, token)).toEqual({ active: false })
})

test('does not stand by a JWT whose key was withdrawn', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken()
  await issuer.rotateKeys()
  expect(await introspect(issuer, token)).toMatchObject({ active: true })
  await issuer.rotateKeys({ keepOld: false })
  expect(await introspect(issuer, token)).toEqual({ active: false })
})

test('describes a refresh token to its own client only', async () => {
  const issuer = await createMockIssuer()
  const own = (await logIn(issuer, { client_id: 'service', scope: 'orders_read' })).get('code')
  const ownTokens = await (await post(issuer, '/token', codeForm(own, { client_id: '' }), service)).json()
  const foreign = (await logIn(issuer)).get('code')
  const foreignTokens = await (await post(issuer, '/token', codeForm(foreign))).json()

  expect(await introspect(issuer, ownTokens.refresh_token)).toEqual({
    active: true,
    iss: issuer.issuer,
    client_id: 'service',
    sub: 'john',
    scope: 'orders_read',
    iat: expect.any(Number),
    exp: expect.any(Number),
  })
  expect(await introspect(issuer, foreignTokens.refresh_token)).toEqual({ active: false })
  expect(await introspect(issuer, foreignTokens.access_token)).toMatchObject({ active: true, client_id: 'app' })
})

test('answers no one who does not authenticate, a public client included', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken()
  for (const form of [{ token }, { token, client_id: 'app' }, { token, client_id: 'service' }]) {
    const response = await post(issuer, '/introspect', form)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  }
})

test('asks for the token', async () => {
  const response = await post(await createMockIssuer(), '/introspect', {}, service)

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'invalid_request' })
})
