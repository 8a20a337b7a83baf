import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const grantType = 'urn:ietf:params:oauth:grant-type:device_code'

async function start(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1), ...options })
  const response = await post(issuer, '/device_authorization', { client_id: 'app', scope: 'openid orders_read' })
  return { issuer, codes: await response.json() }
}

async function poll(issuer: MockIssuer, deviceCode: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const response = await post(issuer, '/token', { grant_type: grantType, client_id: 'app', device_code: deviceCode, ...more }, headers)
  return { status: response.status, body: await response.json() }
}

test('gives a device its codes and where the person goes', async () => {
  const { issuer, codes } = await start()

  expect(codes).toEqual({
    device_code: expect.stringMatching(/^[\w-]{43}$/),
    user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
    verification_uri: `${issuer.issuer}/device`,
    verification_uri_complete: `${issuer.issuer}/device?user_code=${codes.user_code}`,
    expires_in: 600,
    interval: 5,
  })
})

test('answers authorization_pending until somebody decides, and then gives the tokens of that user', async () => {
  const { issuer, codes } = await start()
  expect(await poll(issuer, codes.device_code)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } })
  await issuer.device.approve(codes.user_code, { sub: 'jane' })
  const { status, body } = await poll(issuer, codes.device_code)

  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid orders_read', refresh_token: expect.any(String) })
  expect(decodeJwt(body.access_token)).toMatchObject({ sub: 'jane', client_id: 'app', scope: 'openid orders_read' })
  expect(decodeJwt(body.id_token)).toMatchObject({ sub: 'jane', aud: 'app', auth_time: Date.UTC(2026, 0, 1) / 1000 })
})

test('is single use', async () => {
  const { issuer, codes } = await start()
  await issuer.device.approve(codes.user_code)
  const answers = await Promise.all(Array.from({ length: 4 }, () => poll(issuer, codes.device_code)))

  expect(answers.filter(({ status }) => status === 200).length).toBe(1)
  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'invalid_grant' })
})

test('is bound to its client, and not used up by another', async () => {
  const { issuer, codes } = await start()
  await issuer.device.approve(codes.user_code)

  expect((await poll(issuer, codes.device_code, { client_id: '' }, service)).body).toMatchObject({ error: 'invalid_grant' })
  expect((await poll(issuer, codes.device_code)).status).toBe(200)
})

test('answers slow_down to a poll that comes too soon, and asks for five seconds more each time', async () => {
  const { issuer, codes } = await start()
  const errors = []
  for (const seconds of [0, 5, 4, 9, 14, 20]) {
    issuer.clock.advanceSeconds(seconds)
    errors.push((await poll(issuer, codes.device_code)).body.error)
  }

  expect(errors).toEqual(['authorization_pending', 'authorization_pending', 'slow_down', 'slow_down', 'slow_down', 'authorization_pending'])
})

test('says that it was denied, for as long as the device asks', async () => {
  const { issuer, codes } = await start()
  issuer.device.deny(codes.user_code)

  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'access_denied' })
  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'access_denied' })
})

test('expires after ten minutes, approved or not', async () => {
  const { issuer, codes } = await start()
  await issuer.device.approve(codes.user_code)
  issuer.clock.advanceSeconds(600)

  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'expired_token' })
  await expect(issuer.device.approve(codes.user_code)).rejects.toMatchObject({ code: 'request_not_pending' })
})

test.each([
  ['invalid_request', 'no device code', ''],
  ['invalid_grant', 'an unknown one', 'x'.repeat(43)],
])('answers %s to %s', async (error, _, deviceCode) => {
  const { issuer } = await start()

  expect((await poll(issuer, deviceCode)).body).toMatchObject({ error })
})

test('does not take the user code for the device code', async () => {
  const { issuer, codes } = await start()
  await issuer.device.approve(codes.user_code)

  expect((await poll(issuer, codes.user_code)).body).toMatchObject({ error: 'invalid_grant' })
})

test('is decided on once', async () => {
  const { issuer, codes } = await start()
  issuer.device.deny(codes.user_code)

  await expect(issuer.device.approve(codes.user_code)).rejects.toMatchObject({ code: 'request_not_pending' })
  expect(() => issuer.device.deny(codes.user_code)).toThrowError(expect.objectContaining({ code: 'request_not_pending' }))
  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'access_denied' })
})

test('keeps to the contract when a test approves for a user who lacks a claim', async () => {
  const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const { issuer, codes } = await start({ contract })

  await expect(issuer.device.approve(codes.user_code)).rejects.toMatchObject({ code: 'contract_broken' })
  await expect(issuer.device.approve(codes.user_code, { sub: '' })).rejects.toMatchObject({ code: 'invalid_option' })
  expect((await poll(issuer, codes.device_code)).body).toMatchObject({ error: 'authorization_pending' })
})

test('keeps the interval that is configured', async () => {
  expect((await start({ pollingIntervalSeconds: 1 })).codes.interval).toBe(1)
})

test('gives a token for the resources that the device asked for, and no others', async () => {
  const resource = 'https://api.example.com/orders'
  const issuer = await createMockIssuer({ resources: [resource, 'https://other.example.com/'] })
  const codes = await (await post(issuer, '/device_authorization', { client_id: 'app', resource })).json()
  await issuer.device.approve(codes.user_code)

  expect((await poll(issuer, codes.device_code, { resource: 'https://other.example.com/' })).body).toMatchObject({
    error: 'invalid_target',
  })
  expect(decodeJwt((await poll(issuer, codes.device_code)).body.access_token).aud).toBe(resource)
})

test.each([
  ['unauthorized_client', 'a client that is not registered for the grant', { client_id: 'web' }, {}],
  ['invalid_scope', 'a scope that the contract lacks', { client_id: 'tv', scope: 'admin' }, {}],
  ['invalid_target', 'a resource with a fragment', { client_id: 'tv', resource: 'https://api.example.com/#a' }, {}],
  ['invalid_client', 'a client that does not exist', { client_id: 'nobody' }, {}],
])('answers %s to the request of %s', async (error, _, form, headers) => {
  const clients = [
    { clientId: 'web', redirectUris: ['https://a.example/'] },
    { clientId: 'tv', grantTypes: [grantType] as const },
  ]
  const issuer = await createMockIssuer({ clients, contract: { audience: 'a', scopes: { orders_read: {} } } })

  expect(await (await post(issuer, '/device_authorization', form, headers)).json()).toMatchObject({ error })
})

test('gives no refresh token to a client that is not registered for it', async () => {
  const issuer = await createMockIssuer({ clients: [{ clientId: 'app', grantTypes: [grantType] }] })
  const codes = await (await post(issuer, '/device_authorization', { client_id: 'app' })).json()
  await issuer.device.approve(codes.user_code)

  expect(Object.keys((await poll(issuer, codes.device_code)).body)).toEqual(['access_token', 'token_type', 'expires_in'])
})
