import { randomBytes } from 'node:crypto'
import { type AccessTokenVerifier, createMemoryStore } from '@bailiwick/protocol'
import { createIntrospectionVerifier, createJwtVerifier, type JwtVerifierOptions } from '@bailiwick/verifier'
import { decodeJwt } from 'jose'
import type { DPoPHandle } from 'oauth4webapi'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startAuthorizationServer } from './authorization-server.js'
import { callOnce, createDpopHandle, send } from './dpop-caller.js'
import { ordersCallers } from './introspection-callers.js'
import { type OrdersApi, startOrdersApi } from './orders-api.js'
import { ordersAudience, type Resource, resources } from './resources.js'
import { registeredClient } from './token-client.js'

const nonceLifetimeSeconds = 30

const server = await startAuthorizationServer()
const shop = await registeredClient(server, 'shop')
afterAll(() => server.close())
/** How far the clock of the API is ahead. */
let aheadMs = 0

const now = () => Date.now() + aheadMs

interface Kind {
  readonly resource: Resource
  verifier(senderConstraint: JwtVerifierOptions['senderConstraint']): AccessTokenVerifier
}

const jwt: Kind = {
  resource: resources.orders,
  verifier: (senderConstraint) => createJwtVerifier({ issuer: server.issuer, audience: ordersAudience, senderConstraint, now }),
}

function opaque(response: 'json' | 'signed'): Kind {
  return {
    resource: resources.ordersOpaque,
    verifier(senderConstraint) {
      const client = ordersCallers.client_secret_basic(server.clients)
      return createIntrospectionVerifier({ issuer: server.issuer, audience: ordersAudience, response, client, senderConstraint, now })
    },
  }
}

afterEach(() => {
  aheadMs = 0
})

test('a JWT names the key that it is bound to, once the client has used a nonce of the issuer', async () => {
  const dpop = await createDpopHandle()
  const { token, type, answers } = await shop.token({ resource: resources.orders, dpop })
  expect([type, answers]).toEqual(['dpop', ['400 use_dpop_nonce', '200']])
  expect(decodeJwt(token).cnf).toEqual({ jkt: await dpop.calculateThumbprint() })
})

describe.each([
  ['a JWT', jwt],
  ['an opaque token', opaque('json')],
  ['an opaque token, of which signed answers tell,', opaque('signed')],
])('%s that is bound to a key of its client', (_name, { resource, verifier }) => {
  let api: OrdersApi

  const strict = (publicUrl: string) =>
    verifier({ dpop: { publicUrl, nonce: { secret: randomBytes(32), lifetimeSeconds: nonceLifetimeSeconds } } })
  beforeAll(async () => {
    api = await startOrdersApi({ verifier: strict })
  })
  afterAll(() => api.close())

  const url = () => `${api.url}/accounts/42/orders`

  /** A token that is bound to a new key, whose handle knows the nonce of the API. */
  async function knownToApi(algorithm = 'ES256'): Promise<{ token: string; dpop: DPoPHandle }> {
    const dpop = await createDpopHandle(algorithm)
    const { token } = await shop.token({ resource, dpop })
    await callOnce({ url: url(), token, dpop })
    api.outcomes()
    return { token, dpop }
  }

  test('is accepted with the nonce that the first answer gives', async () => {
    const dpop = await createDpopHandle()
    const { token } = await shop.token({ resource, dpop })

    const first = await callOnce({ url: url(), token, dpop })
    expect(first.status).toBe(401)
    expect(first.challenge).toMatch(/DPoP realm=.*error="use_dpop_nonce".*algs="[^"]*ES256/)
    expect(first.nonce).toMatch(/^[\w.~-]{20,}$/)

    const second = await callOnce({ url: url(), token, dpop })
    expect([second.status, JSON.parse(second.body)]).toEqual([200, { account: '42', kind: 'machine', clientId: 'shop' }])
    expect(decodeJwt(second.sent['dpop'] ?? '').nonce).toBe(first.nonce)
    expect(api.outcomes()).toEqual(['dpop_nonce_required', 'allowed'])
  })

  test('is accepted again and again, with a new proof each time', async () => {
    const { token, dpop } = await knownToApi()
    for (let round = 0; round < 3; round += 1) expect((await callOnce({ url: url(), token, dpop })).status).toBe(200)
  })

  test('is accepted with a proof that an Ed25519 key signed', async () => {
    const { token, dpop } = await knownToApi('Ed25519')
    expect((await callOnce({ url: url(), token, dpop })).status).toBe(200)
  })

  test('is refused with a proof that was used before', async () => {
    const { token, dpop } = await knownToApi()
    const used = await callOnce({ url: url(), token, dpop })
    const again = await send(url(), used.sent)
    expect([used.status, again.status]).toEqual([200, 401])
    expect(again.challenge).toMatch(/DPoP realm=.*error="invalid_dpop_proof"/)
    expect(api.outcomes()).toEqual(['allowed', 'dpop_proof_replayed'])
  })

  test('is refused as a plain bearer token, with its proof and without', async () => {
    const { token, dpop } = await knownToApi()
    const { sent } = await callOnce({ url: `${api.url}/accounts/43/orders`, token, dpop })
    const authorization = `Bearer ${token}`
    const plain = [await send(url(), { authorization }), await send(url(), { ...sent, authorization })]
    expect(plain.map(({ status }) => status)).toEqual([401, 401])
    for (const { challenge } of plain) expect(challenge).toMatch(/error="invalid_token"/)
    expect(api.outcomes()).toEqual(['forbidden', 'scheme_mismatch', 'scheme_mismatch'])
  })

  test('is refused with the proof of another key', async () => {
    const { token } = await knownToApi()
    const { dpop: ofThief } = await knownToApi()
    const response = await callOnce({ url: url(), token, dpop: ofThief })
    expect(response.status).toBe(401)
    expect(response.challenge).toMatch(/DPoP realm=.*error="invalid_token"/)
    expect(api.outcomes()).toEqual(['dpop_key_mismatch'])
  })

  test('is refused with a proof for another method, address or token', async () => {
    const { token, dpop } = await knownToApi()
    const { sent } = await callOnce({ url: `${api.url}/accounts/43/orders`, token, dpop })
    const { token: other } = await shop.token({ resource, dpop })
    const responses = [
      await send(`${api.url}/accounts/43/orders`, sent, 'POST'),
      await send(url(), sent),
      await send(`${api.url}/accounts/43/orders`, { ...sent, authorization: `DPoP ${other}` }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(api.outcomes().slice(1)).toEqual(['dpop_proof_invalid', 'dpop_proof_invalid', 'dpop_proof_invalid'])
  })

  test('is refused without a proof', async () => {
    const { token } = await knownToApi()
    const response = await send(url(), { authorization: `DPoP ${token}` })
    expect([response.status, api.outcomes()]).toEqual([401, ['dpop_proof_missing']])
    expect(response.challenge).toMatch(/DPoP realm=.*error="invalid_dpop_proof"/)
  })

  test('is accepted with a new nonce, which comes with the refusal, when the old one is over', async () => {
    const { token, dpop } = await knownToApi()
    aheadMs = nonceLifetimeSeconds * 1000 + 10_000
    const [late, retried] = [await callOnce({ url: url(), token, dpop }), await callOnce({ url: url(), token, dpop })]
    expect([late.status, retried.status]).toEqual([401, 200])
    expect(late.challenge).toMatch(/DPoP realm=.*error="use_dpop_nonce"/)
    expect(decodeJwt(retried.sent['dpop'] ?? '').nonce).toBe(late.nonce)
    expect(api.outcomes()).toEqual(['dpop_nonce_required', 'allowed'])
  })

  test('is checked by two instances as by one, if they share their secret and their store', async () => {
    const [secret, replayStore] = [randomBytes(32), createMemoryStore()]
    let publicUrl = ''
    const instance = async () =>
      startOrdersApi({
        verifier(ownUrl) {
          publicUrl ||= ownUrl
          return verifier({ dpop: { publicUrl, replayStore, nonce: { secret } } })
        },
      })
    const [first, second] = [await instance(), await instance()]
    const dpop = await createDpopHandle()
    const { token } = await shop.token({ resource, dpop })
    const path = '/accounts/42/orders'
    await callOnce({ url: `${publicUrl}${path}`, token, dpop })
    const used = await callOnce({ url: `${publicUrl}${path}`, token, dpop })
    const replayed = await send(`${second.url}${path}`, used.sent)
    await Promise.all([first.close(), second.close()])
    expect([used.status, replayed.status]).toEqual([200, 401])
    expect([first.outcomes(), second.outcomes()]).toEqual([['dpop_nonce_required', 'allowed'], ['dpop_proof_replayed']])
  })

  test('is refused where nobody can check the key', async () => {
    const { token, dpop } = await knownToApi()
    const bearersOnly = await startOrdersApi({ verifier: () => verifier({}) })
    const response = await callOnce({ url: `${bearersOnly.url}/accounts/42/orders`, token, dpop })
    const plain = await send(`${bearersOnly.url}/accounts/42/orders`, { authorization: `Bearer ${token}` })
    await bearersOnly.close()
    expect([response.status, plain.status]).toEqual([401, 401])
    expect(bearersOnly.outcomes()).toEqual(['scheme_unsupported', 'confirmation_unchecked'])
  })

  test('is told from a plain one, which a proof does not make a bound one', async () => {
    const { token } = await shop.token({ resource })
    const { dpop } = await knownToApi()
    const plain = await send(url(), { authorization: `Bearer ${token}` })
    const proved = await callOnce({ url: url(), token, dpop })
    expect([plain.status, proved.status]).toEqual([200, 401])
    expect(api.outcomes()).toEqual(['allowed', 'scheme_mismatch'])
  })

  test('is the only one that is accepted where every token must be bound', async () => {
    const bound = await startOrdersApi({
      verifier: (publicUrl) => verifier({ dpop: { publicUrl }, required: true }),
    })
    const address = `${bound.url}/accounts/42/orders`
    const { token } = await shop.token({ resource })
    const plain = await send(address, { authorization: `Bearer ${token}` })
    const dpop = await createDpopHandle()
    const { token: boundToken } = await shop.token({ resource, dpop })
    const proved = await callOnce({ url: address, token: boundToken, dpop })
    await bound.close()
    expect([plain.status, proved.status]).toEqual([401, 200])
    expect(plain.challenge).toMatch(/^DPoP realm=/)
    expect(bound.outcomes()).toEqual(['sender_constraint_missing', 'allowed'])
  })
})
