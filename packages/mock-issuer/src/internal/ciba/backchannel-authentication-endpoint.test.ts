import { expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const good = { scope: 'openid', login_hint: 'john' }

test.each([
  ['invalid_request', 'no hint', { login_hint: '' }],
  ['invalid_request', 'two hints', { id_token_hint: 'token' }],
  ['invalid_request', 'a login_hint_token', { login_hint: '', login_hint_token: 'token' }],
  ['invalid_request', 'an id_token_hint that is none', { login_hint: '', id_token_hint: 'token' }],
  ['unknown_user_id', 'a hint of nobody', { login_hint: 'nobody' }],
  ['invalid_scope', 'no scope', { scope: '' }],
  ['invalid_scope', 'a scope without openid', { scope: 'orders_read' }],
  ['invalid_scope', 'a malformed scope', { scope: 'openid  orders_read' }],
  ['invalid_binding_message', 'a binding message that is too long', { binding_message: 'x'.repeat(101) }],
  ['invalid_binding_message', 'a binding message with a character that nobody sees', { binding_message: 'pay\u202e42' }],
  ['invalid_binding_message', 'a binding message of two lines', { binding_message: 'pay\n42' }],
  ['invalid_request', 'an expiry of nothing', { requested_expiry: '0' }],
  ['invalid_request', 'an expiry that is no number', { requested_expiry: '1e3' }],
  ['invalid_request', 'a signed request', { request: 'e30.e30.' }],
  ['invalid_target', 'a resource with a fragment', { resource: 'https://api.example.com/#a' }],
])('answers %s to a request with %s', async (error, _, form) => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/bc-authorize', { ...good, ...form }, service)

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error })
  expect(issuer.ciba.pending()).toEqual([])
})

test('knows a user by sub, by email address, and by an ID token of the client even after its time', async () => {
  const issuer = await createMockIssuer()
  const expired = await issuer.idToken({ aud: 'service', sub: 'jane' }, { expiresInSeconds: -1 })
  for (const hint of [{ login_hint: 'jane' }, { login_hint: 'jane@example.com' }, { login_hint: '', id_token_hint: expired }]) {
    expect((await post(issuer, '/bc-authorize', { ...good, ...hint }, service)).status).toBe(200)
  }

  expect(issuer.ciba.pending().map(({ sub }) => sub)).toEqual(['jane', 'jane', 'jane'])
})

test('refuses an ID token as a hint that was issued to another client or by another issuer, and an access token', async () => {
  const issuer = await createMockIssuer()
  const namesake = await createMockIssuer()
  const hints = [
    await issuer.idToken({ aud: 'app' }),
    await namesake.idToken({ aud: 'service' }),
    await issuer.accessToken({ aud: 'service' }),
  ]
  for (const hint of hints) {
    const response = await post(issuer, '/bc-authorize', { scope: 'openid', id_token_hint: hint }, service)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  }
})

test('bounds the expiry that can be asked for', async () => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/bc-authorize', { ...good, requested_expiry: '9999999999' }, service)

  expect((await response.json()).expires_in).toBe(3600)
})

test('is for confidential clients that are registered for it', async () => {
  const clients = [
    { clientId: 'job', clientSecret: 's' },
    { clientId: 'app', grantTypes: ['urn:openid:params:grant-type:ciba'] as const },
  ]
  const issuer = await createMockIssuer({ clients })
  const publicClient = await post(issuer, '/bc-authorize', { ...good, client_id: 'app' })

  expect(publicClient.status).toBe(401)
  expect(await publicClient.json()).toMatchObject({ error: 'invalid_client' })
  expect(await (await post(issuer, '/bc-authorize', good, basic('job', 's'))).json()).toMatchObject({ error: 'unauthorized_client' })
})

test('is in the metadata, as poll mode without user codes', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect(metadata).toMatchObject({
    backchannel_authentication_endpoint: `${issuer.issuer}/bc-authorize`,
    backchannel_token_delivery_modes_supported: ['poll'],
    backchannel_user_code_parameter_supported: false,
    device_authorization_endpoint: `${issuer.issuer}/device_authorization`,
  })
  expect(metadata.grant_types_supported).toEqual(
    expect.arrayContaining(['urn:openid:params:grant-type:ciba', 'urn:ietf:params:oauth:grant-type:device_code']),
  )
})
