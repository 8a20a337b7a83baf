import { defineContract } from '@bailiwick/guard'
import { protect } from '@bailiwick/hono'
import type { AccessTokenVerifier, Fetch } from '@bailiwick/protocol'
import { createJwtVerifier, createRemoteJwks } from '@bailiwick/verifier'
import { Hono } from 'hono'
import { z } from 'zod'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: { orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] } },
})

// Made when the program is loaded, as in an application, where Workers allow neither timers nor random numbers nor requests.
let app = createApp(createJwtVerifier({ issuer: 'https://login.example.com', audience: orders.audience }))
let aheadMs = 0
let requests = 0

function createApp(verifier: AccessTokenVerifier) {
  const api = protect({ verifier, contract: orders })
  return new Hono().get(
    '/api/accounts/:nr/orders',
    api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')),
    (c) => c.json({ sub: c.var.principal.sub, account: c.var.principal.claims.account_nr }),
  )
}

/** Opens the orders API for another issuer, of whom nothing is known yet. */
export async function openOrdersApi({ issuer, publicUrl }: { issuer: string; publicUrl: string }): Promise<void> {
  aheadMs = requests = 0
  const counted: Fetch = (url, init) => {
    requests += 1
    return fetch(url, init)
  }
  const keys = createRemoteJwks({ issuer, cooldownMs: 20, now: () => Date.now() + aheadMs, fetch: counted })
  app = createApp(createJwtVerifier({ issuer, audience: orders.audience, keys, senderConstraint: { dpop: { publicUrl } } }))
}

/** Has so much time pass for the keys of the issuer that the API holds. */
export async function ageKeys({ ms }: { ms: number }): Promise<void> {
  aheadMs += ms
}

/** How many requests for keys and metadata the API has begun. */
export async function requestsForKeys(): Promise<number> {
  return requests
}

export async function answerAsOrdersApi(request: Request): Promise<Response> {
  return app.fetch(request)
}
