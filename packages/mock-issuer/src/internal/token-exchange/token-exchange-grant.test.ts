import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { basic, codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'
const jwtType = 'urn:ietf:params:oauth:token-type:jwt'
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token'

async function exchange(issuer: MockIssuer, form: Record<string, string>, more = '', headers: Record<string, string> = service) {
  const parameters = new URLSearchParams({ grant_type: grantType, subject_token_type: accessTokenType, ...form })
  const response = await post(issuer, '/token', `${parameters.toString()}${more}`, headers)
  const body = await response.json()
  return { status: response.status, body, claims: body.access_token === undefined ? {} : decodeJwt(body.access_token) }
}

test('gives the client that asks an access token of the same subject, and no refresh token', async () => {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1) })
  const subject = await issuer.accessToken({ sub: 'john', scope: 'orders_read orders_write', account_nr: '42', acr: 'high', auth_time: 1 })
  const { status, body, claims } = await exchange(issuer, { subject_token: subject })

  expect(status).toBe(200)
  expect(body).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'orders_read orders_write',
    issued_token_type: accessTokenType,
  })
  expect(claims).toEqual({
    iss: issuer.issuer,
    aud: 'api',
    sub: 'john',
    client_id: 'service',
    scope: 'orders_read orders_write',
    account_nr: '42',
    acr: 'high',
    auth_time: 1,
    iat: Date.UTC(2026, 0, 1) / 1000,
    exp: Date.UTC(2026, 0, 1) / 1000 + 300,
    jti: expect.any(String),
  })
  expect(claims.jti).not.toBe(decodeJwt(subject).jti)
})

test('narrows scope and audience, by audience, resource, or both', async () => {
  const resource = 'https://api.example.com/orders'
  const issuer = await createMockIssuer()
  const subject = await issuer.accessToken({ scope: 'orders_read orders_write', aud: ['orders-api', 'billing-api', resource] })

  expect((await exchange(issuer, { subject_token: subject, scope: 'orders_read' })).body.scope).toBe('orders_read')
  expect((await exchange(issuer, { subject_token: subject, audience: 'billing-api' })).claims.aud).toBe('billing-api')
  expect((await exchange(issuer, { subject_token: subject, resource })).claims.aud).toBe(resource)
  const several = await exchange(issuer, { subject_token: subject, audience: 'billing-api', resource }, '&audience=orders-api')
  expect(several.claims.aud).toEqual(['billing-api', 'orders-api', resource])
})

test('keeps the authorization_details of the subject, or some of them, and takes no others', async () => {
  const issuer = await createMockIssuer({ authorizationDetailsTypes: ['account', 'payment'] })
  const [read, pay] = [
    { type: 'account', actions: ['read'] },
    { type: 'payment', identifier: '1' },
  ]
  const subject = await issuer.accessToken({ authorization_details: [read, pay] })
  const ask = (details: unknown) => exchange(issuer, { subject_token: subject, authorization_details: JSON.stringify(details) })

  expect((await exchange(issuer, { subject_token: subject })).body.authorization_details).toEqual([read, pay])
  expect((await ask([pay])).claims['authorization_details']).toEqual([pay])
  expect((await ask([{ ...pay, identifier: '2' }])).body).toMatchObject({ error: 'invalid_authorization_details' })
})

test('takes the JWT of a phantom token, which is what an API has', async () => {
  const issuer = await createMockIssuer({ accessTokenFormat: 'phantom' })
  const code = (await logIn(issuer)).get('code')
  const { access_token: phantom } = await (await post(issuer, '/token', codeForm(code))).json()
  const headers = { ...service, accept: 'application/jwt' }
  const jwt = await (await post(issuer, '/introspect', { token: phantom }, headers)).text()
  const answer = async (form: Record<string, string>) =>
    (await post(issuer, '/token', { grant_type: grantType, subject_token_type: accessTokenType, ...form }, service)).status

  expect(await answer({ subject_token: jwt })).toBe(200)
  expect(await answer({ subject_token: jwt, subject_token_type: jwtType })).toBe(200)
  expect(await answer({ subject_token: phantom })).toBe(200)
  expect(await answer({ subject_token: phantom, subject_token_type: jwtType })).toBe(400)
})

test('gives no more scopes than the client is registered for', async () => {
  const clients = [{ clientId: 'gateway', clientSecret: 's', scopes: ['orders_read'], grantTypes: [grantType] as const }]
  const issuer = await createMockIssuer({ clients })
  const subject = await issuer.accessToken({ scope: 'orders_read orders_write' })

  expect((await exchange(issuer, { subject_token: subject }, '', basic('gateway', 's'))).body.scope).toBe('orders_read')
  const further = await exchange(issuer, { subject_token: subject, scope: 'orders_write' }, '', basic('gateway', 's'))
  expect(further.body).toMatchObject({ error: 'invalid_scope' })
})

test('does not let the new token outlive the subject token', async () => {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1) })
  const subject = await issuer.accessToken({}, { expiresInSeconds: 100 })
  issuer.clock.advanceSeconds(60)

  expect((await exchange(issuer, { subject_token: subject })).body.expires_in).toBe(40)
})

test('ends the new token with the grant of the subject token, and not the other way round', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer)).get('code')
  const tokens = await (await post(issuer, '/token', codeForm(code))).json()
  const { body } = await exchange(issuer, { subject_token: tokens.access_token })
  const introspect = async (token: string) => (await post(issuer, '/introspect', { token }, service)).json()
  const other = await exchange(issuer, { subject_token: tokens.access_token })
  await post(issuer, '/revoke', { token: other.body.access_token }, service)
  expect(await introspect(tokens.access_token)).toMatchObject({ active: true })
  expect(await introspect(body.access_token)).toMatchObject({ active: true, client_id: 'service', sub: 'john' })

  await post(issuer, '/revoke', { token: tokens.refresh_token, client_id: 'app' })
  expect(await introspect(body.access_token)).toEqual({ active: false })
})

test('takes an opaque access token, and one as a jwt', async () => {
  const issuer = await createMockIssuer()
  const opaque = await issuer.opaqueToken({ sub: 'jane', scope: 'orders_read' })
  expect((await exchange(issuer, { subject_token: opaque })).claims).toMatchObject({ sub: 'jane', scope: 'orders_read' })

  const jwt = await exchange(issuer, {
    subject_token: await issuer.accessToken(),
    subject_token_type: jwtType,
    requested_token_type: jwtType,
  })
  expect(jwt.body).toMatchObject({ issued_token_type: jwtType, token_type: 'Bearer' })
  const confused = await exchange(issuer, { subject_token: opaque, subject_token_type: jwtType })
  expect(confused.body).toMatchObject({ error: 'invalid_request' })
})

test('takes an ID token of the client, which has no scopes to give, for the claims of its user', async () => {
  const issuer = await createMockIssuer({ users: [{ sub: 'john', claims: { account_nr: '42' } }] })
  const form = { subject_token: await issuer.idToken({ aud: 'service', email: 'john@example.com' }), subject_token_type: idTokenType }

  const { body, claims } = await exchange(issuer, form)
  expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'issued_token_type'])
  expect(claims).toMatchObject({ sub: 'john', aud: 'api', account_nr: '42', client_id: 'service' })
  expect(Object.keys(claims)).not.toContain('email')
  expect((await exchange(issuer, { ...form, scope: 'orders_read' })).body).toMatchObject({ error: 'invalid_scope' })
  expect((await exchange(issuer, { ...form, audience: 'billing-api' })).body).toMatchObject({ error: 'invalid_target' })
})

test('names the actor, before those who acted earlier', async () => {
  const issuer = await createMockIssuer()
  const subject = await issuer.accessToken({ sub: 'john' })
  const gateway = await issuer.accessToken({ sub: 'gateway' })
  const orders = await issuer.accessToken({ sub: 'orders' })
  const first = await exchange(issuer, { subject_token: subject, actor_token: gateway, actor_token_type: accessTokenType })
  expect(first.claims).toMatchObject({ sub: 'john', act: { sub: 'gateway' } })

  const subjectToken = first.body.access_token
  const second = await exchange(issuer, { subject_token: subjectToken, actor_token: orders, actor_token_type: accessTokenType })
  expect(second.claims).toMatchObject({ sub: 'john', act: { sub: 'orders', act: { sub: 'gateway' } } })
  const unchanged = await exchange(issuer, { subject_token: second.body.access_token })
  expect(unchanged.claims['act']).toEqual({ sub: 'orders', act: { sub: 'gateway' } })
})

test('keeps to the contract', async () => {
  const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const issuer = await createMockIssuer({ contract })
  const broken = await issuer.accessToken({ scope: 'orders_read' }, { breakContract: true })

  expect((await exchange(issuer, { subject_token: broken })).body).toMatchObject({ error: 'invalid_scope' })
})

test('does not call an opaque token a jwt', async () => {
  const issuer = await createMockIssuer({ accessTokenFormat: 'opaque' })
  const form = { subject_token: await issuer.accessToken(), requested_token_type: jwtType }

  expect((await exchange(issuer, form)).body).toMatchObject({ error: 'invalid_request' })
  expect(
    (
      await post(
        issuer,
        '/token',
        { ...form, grant_type: grantType, subject_token_type: accessTokenType, requested_token_type: '' },
        service,
      )
    ).status,
  ).toBe(200)
})
