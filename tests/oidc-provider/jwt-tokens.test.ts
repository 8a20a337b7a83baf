import { createJwtVerifier, createRemoteJwks } from '@bailiwick/verifier'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAuthorizationServer } from './authorization-server.js'
import { type OrdersApi, startOrdersApi } from './orders-api.js'
import { billingAudience, ordersAudience, resources } from './resources.js'
import { registeredClient } from './token-client.js'

const server = await startAuthorizationServer()
const shop = await registeredClient(server, 'shop')
afterAll(() => server.close())

describe('a verifier that knows the issuer by its name alone', () => {
  test.each([
    ['ES256', resources.orders],
    ['RS256', resources.ordersRsa],
  ] as const)('accepts a JWT signed with %s, by every rule of RFC 9068', async (algorithm, resource) => {
    const { token, type } = await shop.token({ resource })
    const verifier = createJwtVerifier({
      issuer: server.issuer,
      audience: ordersAudience,
      profile: 'rfc9068',
      algorithms: [algorithm],
      requiredClaims: ['scope', 'account_nr'],
      maxTokenAgeSeconds: 60,
    })
    const verified = await verifier.verify(token)
    const claims = decodeJwt(token)
    expect(verified).toEqual({ issuer: server.issuer, expiresAt: claims.exp, claims })
    expect([type, claims.exp]).toEqual(['bearer', Number(claims.iat) + 600])
    expect(claims).toMatchObject({ iss: server.issuer, aud: ordersAudience, sub: 'shop', client_id: 'shop', scope: 'orders_read' })
  })

  test('asks for metadata and keys once for many tokens', async () => {
    const verifier = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience })
    const { token } = await shop.token({ resource: resources.orders })
    const asked = () => ['/.well-known/openid-configuration', '/jwks'].map((path) => server.requests.get(path) ?? 0)
    const [metadata = 0, keys = 0] = asked()
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)))
    expect(asked()).toEqual([metadata + 1, keys + 1])
  })

  test('refuses a token for another API, and one that is over', async () => {
    const verifier = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience })
    const { token: ofBilling } = await shop.token({ resource: resources.billing })
    expect(decodeJwt(ofBilling).aud).toBe(billingAudience)
    await expect(verifier.verify(ofBilling)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'audience_mismatch' })

    const { token } = await shop.token({ resource: resources.orders })
    const later = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience, now: () => Date.now() + 601_000 })
    await expect(later.verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_expired' })
  })

  test('refuses an opaque token', async () => {
    const verifier = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience })
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    await expect(verifier.verify(token)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'token_malformed' })
  })
})

describe('an API behind it', () => {
  let api: OrdersApi
  beforeAll(async () => {
    api = await startOrdersApi({ verifier: () => createJwtVerifier({ issuer: server.issuer, audience: ordersAudience }) })
  })
  afterAll(() => api.close())

  test('serves what the token allows, and nothing else', async () => {
    const { token } = await shop.token({ resource: resources.orders })
    const own = await api.ask(token)
    expect([own.status, await own.json()]).toEqual([200, { account: '42', kind: 'machine', clientId: 'shop' }])
    expect((await api.ask(token, '/accounts/43/orders')).status).toBe(403)
    const write = await api.ask(token, '/accounts/42/orders', 'POST')
    expect([write.status, write.headers.get('www-authenticate')]).toEqual([403, expect.stringContaining('scope="orders_write"')])

    const { token: writing, scope } = await shop.token({ resource: resources.orders, scope: 'orders_read orders_write' })
    expect([scope, (await api.ask(writing, '/accounts/42/orders', 'POST')).status]).toEqual(['orders_read orders_write', 201])
  })

  test('answers 401 to a token for another API', async () => {
    const { token } = await shop.token({ resource: resources.billing, scope: 'billing_read' })
    const response = await api.ask(token)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('error="invalid_token"')])
  })
})

test('an API whose issuer is gone answers 503 where it needs the keys, and 200 where it has them', async () => {
  const passing = await startAuthorizationServer()
  const client = await registeredClient(passing, 'shop')
  const { token } = await client.token({ resource: resources.orders })
  const verifier = () => createJwtVerifier({ issuer: passing.issuer, audience: ordersAudience, cache: false })
  const [warm, cold] = [await startOrdersApi({ verifier }), await startOrdersApi({ verifier })]
  const before = await warm.ask(token)
  await passing.close()
  const after = [await warm.ask(token), await cold.ask(token)]
  await Promise.all([warm.close(), cold.close()])

  expect([before.status, ...after.map(({ status }) => status)]).toEqual([200, 200, 503])
  expect(after.map(({ headers }) => headers.get('www-authenticate'))).toEqual([null, null])
  expect(Number(after[1]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect([warm.outcomes(), cold.outcomes()]).toEqual([['allowed', 'allowed'], ['keys_unavailable']])
})

test('follows a rotation of the keys, and refuses a token that it knew when the key of that was withdrawn', async () => {
  const keys = createRemoteJwks({ issuer: server.issuer, cooldownMs: 20 })
  const verifier = createJwtVerifier({ issuer: server.issuer, audience: ordersAudience, keys })
  const { token: before } = await shop.token({ resource: resources.orders })
  expect((await verifier.verify(before)).claims).toEqual(decodeJwt(before))

  server.rotateSigningKeys('second')
  const { token: after } = await shop.token({ resource: resources.orders })
  expect((await verifier.verify(after)).claims).toEqual(decodeJwt(after))
  await expect(verifier.verify(before)).rejects.toMatchObject({ outcome: 'invalid_token', code: 'key_not_found' })
})
