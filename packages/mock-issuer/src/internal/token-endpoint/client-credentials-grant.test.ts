import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { basic, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] }, report: {} } }
const grant = { grant_type: 'client_credentials' }

test('issues a token whose subject is the client, and no refresh token', async () => {
  const clients = [{ clientId: 'job', clientSecret: 's', claims: { account_nr: '7', sub: 'root' } }]
  const issuer = await createMockIssuer({ contract, clients })
  const response = await post(issuer, '/token', { ...grant, scope: 'orders_read' }, basic('job', 's'))
  const body = await response.json()

  expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope'])
  expect(decodeJwt(body.access_token)).toMatchObject({
    sub: 'job',
    client_id: 'job',
    account_nr: '7',
    aud: 'orders-api',
    scope: 'orders_read',
  })
})

test('grants nothing when nothing is asked for', async () => {
  const issuer = await createMockIssuer({ contract })
  const body = await (await post(issuer, '/token', grant, service)).json()

  expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in'])
  expect(Object.keys(decodeJwt(body.access_token))).not.toContain('scope')
})

test('is not for public clients', async () => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/token', { ...grant, client_id: 'app' })

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'unauthorized_client' })
})

test.each([
  ['a scope that the contract lacks', 'admin', "There is no scope 'admin'."],
  [
    'a scope whose claim the client does not have',
    'orders_read',
    "The scope 'orders_read' requires the claim 'account_nr', which the token would not have.",
  ],
  ['a scope about a user', 'openid', "The scope 'openid' is about a user, and there is none."],
  ['a malformed scope', 'report\treport', 'The scope is not a list of scope names separated by single spaces.'],
])('answers invalid_scope to %s', async (_, scope, description) => {
  const issuer = await createMockIssuer({ contract })
  const response = await post(issuer, '/token', { ...grant, scope }, service)

  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: 'invalid_scope', error_description: description })
})

test('answers invalid_scope to a scope that the client is not registered for', async () => {
  const issuer = await createMockIssuer({ contract, clients: [{ clientId: 'job', clientSecret: 's', scopes: ['orders_read'] }] })
  const response = await post(issuer, '/token', { ...grant, scope: 'report' }, basic('job', 's'))

  expect(await response.json()).toMatchObject({ error: 'invalid_scope' })
})

test('with scope-unchecked, grants any well-formed scope, and still no other', async () => {
  const clients = [{ clientId: 'job', clientSecret: 's', scopes: ['report'] }]
  const issuer = await createMockIssuer({ contract, clients, lax: ['scope-unchecked'] })
  const body = await (await post(issuer, '/token', { ...grant, scope: 'admin openid orders_read' }, basic('job', 's'))).json()

  expect(body.scope).toBe('admin openid orders_read')
  expect(await (await post(issuer, '/token', { ...grant, scope: 'a  b' }, basic('job', 's'))).json()).toMatchObject({
    error: 'invalid_scope',
  })
})
