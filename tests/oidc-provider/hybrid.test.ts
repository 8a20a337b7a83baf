import { randomBytes } from 'node:crypto'
import { createHybridVerifier, createIntrospectionVerifier, createJwtVerifier, type HybridVerifierOptions } from '@bailiwick/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.js'
import { callOnce, createDpopHandle, send } from './dpop-caller.js'
import { ordersCallers } from './introspection-callers.js'
import { type OrdersApi, startOrdersApi } from './orders-api.js'
import { ordersAudience, resources } from './resources.js'
import { registeredClient, type TokenClient } from './token-client.js'

let server: AuthorizationServer
let shop: TokenClient
let api: OrdersApi

const nonce = { secret: randomBytes(32) }

function verifierAt(publicUrl: string, confirm?: HybridVerifierOptions['confirm']) {
  const common = { issuer: server.issuer, audience: ordersAudience, senderConstraint: { dpop: { publicUrl, nonce } } }
  const client = ordersCallers.client_secret_basic(server.clients)
  return createHybridVerifier({
    jwt: createJwtVerifier({ ...common, profile: 'rfc9068' }),
    introspection: createIntrospectionVerifier({ ...common, client, response: 'signed' }),
    confirm,
  })
}

beforeAll(async () => {
  server = await startAuthorizationServer()
  shop = await registeredClient(server, 'shop')
  api = await startOrdersApi({ verifier: verifierAt })
})
afterAll(async () => {
  await api.close()
  await server.close()
})

const url = (path = '/accounts/42/orders') => `${api.url}${path}`
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** How often the server was asked about a token while that was done. */
async function questionsDuring(work: () => Promise<unknown>): Promise<number> {
  const questions = () => server.requests.get('/token/introspection') ?? 0
  const before = questions()
  await work()
  return questions() - before
}

describe('an API that takes both kinds of tokens', () => {
  test('serves a JWT without asking, and an opaque token when it has asked, as the same client', async () => {
    const asked: number[] = []
    for (const resource of [resources.orders, resources.ordersRsa, resources.ordersOpaque]) {
      const { token } = await shop.token({ resource })
      const visit = async () => {
        const { status, body } = await send(url(), bearer(token))
        expect([status, JSON.parse(body)]).toEqual([200, { account: '42', kind: 'machine', clientId: 'shop' }])
      }
      asked.push(await questionsDuring(visit))
    }
    expect([asked, api.outcomes()]).toEqual([
      [0, 0, 1],
      ['allowed', 'allowed', 'allowed'],
    ])
  })

  test('refuses what it does not find good, and asks about none but opaque tokens', async () => {
    const { token: jwtOfBilling } = await shop.token({ resource: resources.billing, scope: 'billing_read' })
    const { token: ofBilling } = await shop.token({ resource: resources.billingOpaque, scope: 'billing_read' })
    const { token: revoked } = await shop.token({ resource: resources.ordersOpaque })
    const { token: good } = await shop.token({ resource: resources.orders })
    await shop.revoke(revoked)
    const refusals: unknown[] = []
    for (const token of [jwtOfBilling, `${good.slice(0, -8)}AAAAAAAA`, ofBilling, revoked, 'unknown']) {
      const asked = await questionsDuring(() => send(url(), bearer(token)))
      refusals.push([api.outcomes(), asked])
    }
    expect(refusals).toEqual([
      [['audience_mismatch'], 0],
      [['signature_invalid'], 0],
      [['token_inactive'], 1],
      [['token_inactive'], 1],
      [['token_inactive'], 1],
    ])
  })

  test('does not take the signed answer about a token for a token', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const { id, secret } = server.clients.ordersBasic
    const authorization = `Basic ${Buffer.from([id, secret].map(encodeURIComponent).join(':')).toString('base64')}`
    const accept = 'application/token-introspection+jwt'
    const body = new URLSearchParams({ token })
    const answer = await fetch(`${server.issuer}/token/introspection`, { method: 'POST', headers: { accept, authorization }, body })
    const { status } = await send(url(), bearer(await answer.text()))
    expect([status, api.outcomes()]).toEqual([401, ['token_type_rejected']])
  })

  test('has one nonce for both kinds of tokens that are bound to a key, and refuses a stolen one of either kind', async () => {
    const dpop = await createDpopHandle()
    const { token: jwt } = await shop.token({ resource: resources.orders, dpop })
    const { token: opaque } = await shop.token({ resource: resources.ordersOpaque, dpop })
    const statuses: number[] = []
    for (const token of [opaque, opaque, jwt, jwt]) statuses.push((await callOnce({ url: url(), token, dpop })).status)
    expect([statuses, api.outcomes()]).toEqual([
      [401, 200, 200, 200],
      ['dpop_nonce_required', 'allowed', 'allowed', 'allowed'],
    ])
    for (const token of [jwt, opaque]) {
      const { sent } = await callOnce({ url: url('/accounts/43/orders'), token, dpop })
      expect((await send(url('/accounts/43/orders'), sent)).status).toBe(401)
      expect((await send(url(), bearer(token))).status).toBe(401)
      expect(api.outcomes()).toEqual(['forbidden', 'dpop_proof_replayed', 'scheme_mismatch'])
    }
  })
})

test('a JWT that is to be confirmed is refused where the issuer keeps no JWTs, as this one does not, and others are not asked about', async () => {
  const confirming = await startOrdersApi({
    verifier: (publicUrl) => verifierAt(publicUrl, (_accessToken, presentation) => presentation?.request.method === 'POST'),
  })
  const { token } = await shop.token({ resource: resources.orders, scope: 'orders_read orders_write' })
  const address = `${confirming.url}/accounts/42/orders`
  const [reading, writing] = [await send(address, bearer(token)), await send(address, bearer(token), 'POST')]
  const { token: opaque } = await shop.token({ resource: resources.ordersOpaque, scope: 'orders_read orders_write' })
  const writingByOpaque = await send(address, bearer(opaque), 'POST')
  await confirming.close()
  expect([reading.status, writing.status, writingByOpaque.status]).toEqual([200, 401, 201])
  expect(confirming.outcomes()).toEqual(['allowed', 'token_inactive', 'allowed'])
})
