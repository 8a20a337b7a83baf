import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const grantType = 'urn:openid:params:grant-type:ciba'

async function start(form: Record<string, string> = {}, options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1), ...options })
  const response = await post(issuer, '/bc-authorize', { scope: 'openid orders_read', login_hint: 'john', ...form }, service)
  return { issuer, opened: await response.json() }
}

async function poll(issuer: MockIssuer, authReqId: string, headers: Record<string, string> = service) {
  const response = await post(issuer, '/token', { grant_type: grantType, auth_req_id: authReqId }, headers)
  return { status: response.status, body: await response.json() }
}

test('gives an id to poll with, and the tokens of the user once the user has approved', async () => {
  const { issuer, opened } = await start()
  expect(opened).toEqual({ auth_req_id: expect.stringMatching(/^[\w-]{43}$/), expires_in: 120, interval: 5 })
  expect(await poll(issuer, opened.auth_req_id)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } })
  await issuer.ciba.approve(opened.auth_req_id)
  const { status, body } = await poll(issuer, opened.auth_req_id)

  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid orders_read', refresh_token: expect.any(String) })
  expect(decodeJwt(body.access_token)).toMatchObject({ sub: 'john', client_id: 'service' })
  expect(decodeJwt(body.id_token)).toMatchObject({ sub: 'john', aud: 'service', auth_time: Date.UTC(2026, 0, 1) / 1000 })
})

test('shows a test what waits for the user', async () => {
  const { issuer, opened } = await start({ binding_message: 'W4SCT – 42,00 €', acr_values: 'urn:example:mfa' })
  expect(issuer.ciba.pending()).toEqual([
    {
      authReqId: opened.auth_req_id,
      clientId: 'service',
      sub: 'john',
      scopes: ['openid', 'orders_read'],
      bindingMessage: 'W4SCT – 42,00 €',
      acr: 'urn:example:mfa',
    },
  ])
  issuer.ciba.deny(opened.auth_req_id)
  expect(issuer.ciba.pending()).toEqual([])
})

test('logs the user in at the level that was asked for', async () => {
  const { issuer, opened } = await start({ acr_values: 'urn:unknown urn:example:mfa' })
  await issuer.ciba.approve(opened.auth_req_id)
  const { body } = await poll(issuer, opened.auth_req_id)

  expect(decodeJwt(body.id_token)).toMatchObject({ acr: 'urn:example:mfa', amr: ['pwd', 'otp', 'mfa'] })
  expect(decodeJwt(body.access_token)['acr']).toBe('urn:example:mfa')
})

test('has a user approve or deny by itself', async () => {
  const users = [
    { sub: 'john', ciba: 'approve' as const },
    { sub: 'jane', ciba: 'deny' as const },
  ]
  const { issuer, opened } = await start({}, { users })
  expect((await poll(issuer, opened.auth_req_id)).status).toBe(200)

  const denied = await (await post(issuer, '/bc-authorize', { scope: 'openid', login_hint: 'jane' }, service)).json()
  expect((await poll(issuer, denied.auth_req_id)).body).toMatchObject({ error: 'access_denied' })
})

test('is single use and bound to its client', async () => {
  const both = { clientSecret: 's', grantTypes: [grantType] as [typeof grantType] }
  const clients = [
    { clientId: 'bank', ...both },
    { clientId: 'mallory', ...both },
  ]
  const issuer = await createMockIssuer({ clients })
  const opened = await (await post(issuer, '/bc-authorize', { scope: 'openid', login_hint: 'john' }, basic('bank', 's'))).json()
  await issuer.ciba.approve(opened.auth_req_id)

  expect((await poll(issuer, opened.auth_req_id, basic('mallory', 's'))).body).toMatchObject({ error: 'invalid_grant' })
  expect((await poll(issuer, opened.auth_req_id, basic('bank', 's'))).status).toBe(200)
  expect((await poll(issuer, opened.auth_req_id, basic('bank', 's'))).body).toMatchObject({ error: 'invalid_grant' })
})

test('answers slow_down to a poll that comes too soon', async () => {
  const { issuer, opened } = await start()
  await poll(issuer, opened.auth_req_id)
  issuer.clock.advanceSeconds(4)

  expect((await poll(issuer, opened.auth_req_id)).body).toMatchObject({ error: 'slow_down' })
})

test('expires when it was asked to, and by itself after two minutes', async () => {
  const short = await start({ requested_expiry: '30' })
  expect(short.opened.expires_in).toBe(30)
  short.issuer.clock.advanceSeconds(30)
  expect((await poll(short.issuer, short.opened.auth_req_id)).body).toMatchObject({ error: 'expired_token' })
  await expect(short.issuer.ciba.approve(short.opened.auth_req_id)).rejects.toMatchObject({ code: 'request_not_pending' })

  const { issuer, opened } = await start()
  issuer.clock.advanceSeconds(119)
  expect((await poll(issuer, opened.auth_req_id)).body).toMatchObject({ error: 'authorization_pending' })
  issuer.clock.advanceSeconds(1)
  expect((await poll(issuer, opened.auth_req_id)).body).toMatchObject({ error: 'expired_token' })
})

test('answers invalid_grant to an id that is unknown', async () => {
  expect((await poll((await start()).issuer, 'x')).body).toMatchObject({ error: 'invalid_grant' })
})

test('keeps to the contract when a test approves for a user who lacks a claim', async () => {
  const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const { issuer, opened } = await start({}, { contract })

  await expect(issuer.ciba.approve(opened.auth_req_id)).rejects.toMatchObject({ code: 'contract_broken' })
})
