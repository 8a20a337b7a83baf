import { defineContract } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { type Handler, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import { protect } from './protect.js'

const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: {} } })
const verifier: AccessTokenVerifier = {
  verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }),
  senderConstraint: { required: false, mtls: false, dpop: { algorithms: ['ES256'], nonce: () => 'next' } },
}

describe('the next nonce', () => {
  const handlers: readonly (readonly [string, Handler, number])[] = [
    ['answers through the context', (c) => c.json({}), 200],
    ['sets headers of its own', (c) => c.json({}, 201, { 'X-Page': '2' }), 201],
    ['returns a response of its own making', () => new Response('ok'), 200],
    ['hands on a response that cannot be changed', () => Response.redirect('https://api.example.com/', 302), 302],
    ['streams', () => new Response(new Blob(['ok']).stream()), 200],
    [
      'throws an error with a response of its own',
      () => {
        throw new HTTPException(409, { res: new Response('no', { status: 409 }) })
      },
      409,
    ],
    [
      'fails',
      () => {
        throw new Error('the handler failed')
      },
      500,
    ],
  ]

  test.each(handlers)('survives to the response when the handler %s', async (_, handler, status) => {
    const app = new Hono().get('/', protect({ verifier, contract }).guard(), handler)
    app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.body(null, 500)))
    const response = await app.request('/', { headers: { authorization: 'DPoP abc' } })
    expect([response.status, response.headers.get('dpop-nonce')]).toEqual([status, 'next'])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each(['send', 'throw'] as const)('survives to the refusal of a guard (%s)', async (refusals) => {
    const api = protect({ verifier, contract, refusals })
    const app = new Hono().use(api.authenticate()).get('/', api.guard(contract.scope('orders_read')), (c) => c.body(null))
    const response = await app.request('/', { headers: { authorization: 'DPoP abc' } })
    expect([response.status, response.headers.get('dpop-nonce')]).toEqual([403, 'next'])
    expect(response.headers.get('www-authenticate')).toMatch(/^DPoP realm="orders-api", error="insufficient_scope"/)
  })
})
