import { createMemoryStore, type Store } from '@bailiwick/protocol'
import { createIntrospectionVerifier, type IntrospectionVerifierOptions } from '@bailiwick/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAuthorizationServer } from './authorization-server.js'
import { ordersCallers, withSecret } from './introspection-callers.js'
import { type OrdersApi, startOrdersApi } from './orders-api.js'
import { billingAudience, ordersAudience, resources } from './resources.js'
import { registeredClient } from './token-client.js'

const server = await startAuthorizationServer()
const shop = await registeredClient(server, 'shop')
const kiosk = await registeredClient(server, 'kiosk')
afterAll(() => server.close())

const forms = ['json', 'signed'] as const
const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const

function verifierWith(options: Partial<IntrospectionVerifierOptions> = {}) {
  const client = ordersCallers.client_secret_basic(server.clients)
  return createIntrospectionVerifier({ issuer: server.issuer, audience: ordersAudience, client, ...options })
}

const questions = () => server.requests.get('/token/introspection') ?? 0

describe.each(forms)('asking for answers that are %s', (response) => {
  test.each(methods)('accepts an opaque token, as a client that authenticates by %s', async (method) => {
    const { token, type, expiresInSeconds } = await shop.token({ resource: resources.ordersOpaque })
    expect([type, token.split('.').length]).toEqual(['bearer', 1])
    const verified = await verifierWith({ response, client: ordersCallers[method](server.clients) }).verify(token)
    const issuedAt = Number(verified.claims['iat'])
    expect(verified.issuer).toBe(server.issuer)
    expect(verified.expiresAt).toBe(issuedAt + Number(expiresInSeconds))
    expect(verified.claims).toMatchObject({
      iss: server.issuer,
      aud: ordersAudience,
      client_id: 'shop',
      scope: 'orders_read',
      account_nr: '42',
    })
  })

  test('accepts the token of another client, and says whose it is', async () => {
    const { token } = await kiosk.token({ resource: resources.ordersOpaque })
    expect((await verifierWith({ response }).verify(token)).claims).toMatchObject({ client_id: 'kiosk', aud: ordersAudience })
  })

  test('refuses a token as soon as it is revoked, since this server has no answer kept', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const verifier = verifierWith({ response })
    const before = questions()
    await verifier.verify(token)
    await verifier.verify(token)
    expect(questions()).toBe(before + 2)
    await shop.revoke(token)
    await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_inactive' })
  })

  test('refuses a revoked token when the time of the kept answer is over, where answers are kept nevertheless', async () => {
    let aheadMs = 0
    const cache = { ignoreNoStore: true, maxTtlMs: 30_000 }
    const verifier = verifierWith({ response, cache, now: () => Date.now() + aheadMs })
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const before = questions()
    await verifier.verify(token)
    await shop.revoke(token)
    await verifier.verify(token)
    expect(questions()).toBe(before + 1)
    aheadMs = 31_000
    await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_inactive' })
    expect(questions()).toBe(before + 2)
  })

  test('learns of a revocation at once where it is told to ask now, or to forget', async () => {
    const kept = { response, cache: { ignoreNoStore: true } }
    const [confirming, evicting] = [verifierWith(kept), verifierWith(kept)]
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    await Promise.all([confirming.verify(token), evicting.verify(token)])
    await shop.revoke(token)
    expect((await evicting.verify(token)).claims).toMatchObject({ client_id: 'shop' })

    await expect(confirming.confirm(token)).rejects.toMatchObject({ code: 'token_inactive' })
    await expect(confirming.verify(token)).rejects.toMatchObject({ code: 'token_inactive' })
    await evicting.evict({ token })
    await expect(evicting.verify(token)).rejects.toMatchObject({ code: 'token_inactive' })
  })

  test('asks once for two instances that share a store', async () => {
    const memory = createMemoryStore()
    let onWritten = () => {}
    const written = new Promise<void>((resolve) => (onWritten = resolve))
    const store: Pick<Store, 'get' | 'set' | 'delete'> = {
      get: (key) => memory.get(key),
      set: (key, value, options) => memory.set(key, value, options).then(onWritten),
      delete: (key) => memory.delete(key),
    }
    const cache = { ignoreNoStore: true, store }
    const [first, second] = [verifierWith({ response, cache }), verifierWith({ response, cache })]
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const before = questions()
    const { claims } = await first.verify(token)
    await written
    expect((await second.verify(token)).claims).toEqual(claims)
    expect(questions()).toBe(before + 1)
  })

  test('refuses a token that is unknown, and one for another API, of which this one is told nothing', async () => {
    const verifier = verifierWith({ response })
    const { token: ofBilling } = await shop.token({ resource: resources.billingOpaque, scope: 'billing_read' })
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    for (const bad of ['unknown', `${token}x`, ofBilling]) {
      await expect(verifier.verify(bad)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_inactive' })
    }
  })

  test('refuses a token for another audience, of which it is told', async () => {
    const client = withSecret('client_secret_basic', server.clients.billing)
    const { token } = await shop.token({ resource: resources.billingOpaque, scope: 'billing_read' })
    const accepted = await verifierWith({ response, client, audience: billingAudience }).verify(token)
    expect(accepted.claims).toMatchObject({ aud: billingAudience, scope: 'billing_read' })
    await expect(verifierWith({ response, client }).verify(token)).rejects.toMatchObject({ code: 'audience_mismatch' })
  })

  test('refuses a token that is over by its own clock, whatever the server says', async () => {
    const { token } = await shop.token({ resource: resources.ordersBrief })
    const verifier = verifierWith({ response, now: () => Date.now() + 40_000 })
    await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_expired' })
  })

  test('cannot decide when the server does not take it for who it says it is', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const client = withSecret('client_secret_basic', { ...server.clients.ordersBasic, secret: 'wrong' })
    const verifier = verifierWith({ response, client })
    await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'unavailable', code: 'introspection_unavailable' })
  })
})

test('cannot decide when the server does not speak the phantom dialect that it is asked for', async () => {
  const { token } = await shop.token({ resource: resources.ordersOpaque })
  const verifier = verifierWith({ response: 'phantom' })
  await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'unavailable', code: 'introspection_unavailable' })
})

test('refuses an introspection response that is presented as an access token', async () => {
  const { token } = await shop.token({ resource: resources.ordersOpaque })
  let answer = ''
  const verifier = verifierWith({
    response: 'signed',
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      if (url.endsWith('/introspection')) answer = await response.clone().text()
      return response
    },
  })
  await verifier.verify(token)
  expect(answer).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/)
  await expect(verifier.verify(answer)).rejects.toMatchObject({ outcome: 'invalid_token' })
})

test('cannot decide by a signed answer that is not of now, but for the tolerance that it is given', async () => {
  const { token } = await shop.token({ resource: resources.ordersOpaque })
  const settings = { response: 'signed', now: () => Date.now() + 90_000 } as const
  await expect(verifierWith(settings).verify(token)).rejects.toMatchObject({ code: 'introspection_unavailable' })
  const tolerant = await verifierWith({ ...settings, clockToleranceSeconds: 60 }).verify(token)
  expect(tolerant.claims).toMatchObject({ client_id: 'shop' })
})

test('follows a rotation of the keys that the answers are signed with', async () => {
  const verifier = verifierWith({ response: 'signed', cache: false })
  const { token } = await shop.token({ resource: resources.ordersOpaque })
  await verifier.verify(token)
  server.rotateSigningKeys('second')
  expect((await verifier.verify(token)).claims).toMatchObject({ client_id: 'shop' })
})

describe.each(forms)('an API that asks for answers that are %s', (response) => {
  let api: OrdersApi
  beforeAll(async () => {
    api = await startOrdersApi({ verifier: () => verifierWith({ response }) })
  })
  afterAll(() => api.close())

  test('serves what an opaque token allows, and nothing else, until it is revoked', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const own = await api.ask(token)
    expect([own.status, await own.json()]).toEqual([200, { account: '42', kind: 'machine', clientId: 'shop' }])
    expect((await api.ask(token, '/accounts/43/orders')).status).toBe(403)
    expect((await api.ask(token, '/accounts/42/orders', 'POST')).status).toBe(403)
    await shop.revoke(token)
    const refused = await api.ask(token)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('error="invalid_token"')])
    expect(api.outcomes()).toEqual(['allowed', 'forbidden', 'insufficient_scope', 'token_inactive'])
  })
})

test('an API whose issuer is gone answers 503 to an opaque token', async () => {
  const passing = await startAuthorizationServer()
  const client = await registeredClient(passing, 'shop')
  const { token } = await client.token({ resource: resources.ordersOpaque })
  const api = await startOrdersApi({
    verifier: () => verifierWith({ issuer: passing.issuer, client: ordersCallers.client_secret_basic(passing.clients) }),
  })
  const before = await api.ask(token)
  await passing.close()
  const after = await api.ask(token)
  await api.close()
  expect([before.status, after.status, after.headers.get('www-authenticate')]).toEqual([200, 503, null])
  expect(Number(after.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(api.outcomes()).toEqual(['allowed', 'introspection_unavailable'])
})
