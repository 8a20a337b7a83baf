import { calculateJwkThumbprint, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, exportJWK, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, describe, expect, test } from 'vitest'
import { startAuthorizationServer } from './authorization-server.js'
import { ordersAudience, resources } from './resources.js'
import { registeredClient } from './token-client.js'

const signed = 'application/token-introspection+jwt'

const server = await startAuthorizationServer()
const shop = await registeredClient(server, 'shop')
afterAll(() => server.close())

/** Asks as the orders API does. */
async function ask(token: string, accept: string): Promise<{ headers: Headers; status: number; body: string }> {
  const { id, secret } = server.clients.ordersBasic
  const credentials = [id, secret].map((part) => new URLSearchParams({ part }).toString().slice('part='.length)).join(':')
  const response = await fetch(`${server.issuer}/token/introspection`, {
    method: 'POST',
    headers: { accept, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ token }),
  })
  return { headers: response.headers, status: response.status, body: await response.text() }
}

/** What our verifier is written for; if a release of the server answers otherwise, this says what. */
describe('what this authorization server says of an opaque token', () => {
  test('is JSON by RFC 7662, with neither sub nor jti for a token that a client got for itself, and not to be stored', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const { headers, status, body } = await ask(token, 'application/json')
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ])
    const { iat, exp, ...claims } = JSON.parse(body) as { iat: number; exp: number }
    expect(exp - iat).toBe(600)
    expect(claims).toEqual({
      active: true,
      account_nr: '42',
      aud: ordersAudience,
      client_id: 'shop',
      iss: server.issuer,
      scope: 'orders_read',
      token_type: 'Bearer',
    })
  })

  test('is the same, signed, when RFC 9701 is asked for: aud is the client that asks, and there is no exp', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const { headers, status, body } = await ask(token, signed)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, `${signed}; charset=utf-8`, 'no-store'])
    expect(decodeProtectedHeader(body)).toEqual({ alg: 'ES256', typ: 'token-introspection+jwt', kid: 'first-ES256' })
    const { payload } = await jwtVerify(body, createRemoteJWKSet(new URL(`${server.issuer}/jwks`)))
    expect(Object.keys(payload).sort()).toEqual(['aud', 'iat', 'iss', 'token_introspection'])
    expect([payload.iss, payload.aud]).toEqual([server.issuer, 'orders-api-basic'])
    expect(payload['token_introspection']).toEqual(JSON.parse((await ask(token, 'application/json')).body))
  })

  test('is JSON when the phantom dialect is asked for, which it does not speak', async () => {
    const { token } = await shop.token({ resource: resources.ordersOpaque })
    const { headers, body } = await ask(token, 'application/jwt')
    expect([headers.get('content-type'), JSON.parse(body)]).toEqual([
      'application/json; charset=utf-8',
      expect.objectContaining({ active: true }),
    ])
  })

  test('names the key that the token is bound to', async () => {
    const { publicKey, privateKey } = await oauth.generateKeyPair('ES256', { extractable: true })
    const dpop = oauth.DPoP({}, { publicKey, privateKey })
    const { token, type } = await shop.token({ resource: resources.ordersOpaque, dpop })
    const jkt = await calculateJwkThumbprint(await exportJWK(publicKey))
    expect(type).toBe('dpop')
    expect(JSON.parse((await ask(token, 'application/json')).body)).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt } })
  })

  test('is nothing but that it is not active, where it is unknown, revoked, or for another API', async () => {
    const { token: revoked } = await shop.token({ resource: resources.ordersOpaque })
    await shop.revoke(revoked)
    const { token: ofBilling } = await shop.token({ resource: resources.billingOpaque, scope: 'billing_read' })
    for (const token of ['unknown', revoked, ofBilling]) {
      expect(JSON.parse((await ask(token, 'application/json')).body)).toEqual({ active: false })
      expect(decodeJwt((await ask(token, signed)).body)['token_introspection']).toEqual({ active: false })
    }
  })

  test('is not that it is active, where it is a JWT: this server does not keep those', async () => {
    const { token } = await shop.token({ resource: resources.orders })
    expect((await ask(token, 'application/json')).body).not.toContain('"active":true')
  })
})
