import { protect } from '@bailiwick/express'
import { defineContract, type ResourceServerEvent } from '@bailiwick/guard'
import { type AccessTokenVerifier, isVerificationError } from '@bailiwick/protocol'
import express from 'express'
import { z } from 'zod'
import { listenOnLoopback, type LoopbackServer } from './loopback-server.js'
import { ordersAudience } from './resources.js'
import type { SelfSignedCertificate } from './self-signed-certificate.js'

/** What the API asks of its tokens. */
const orders = defineContract({
  audience: ordersAudience,
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: {
    orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
    orders_write: { description: 'Place orders', claims: ['account_nr'] },
  },
})

export interface OrdersApiOptions {
  /** Given the origin at which clients see the API. */
  readonly verifier: (publicUrl: string) => AccessTokenVerifier
  /** Serves `https`, where clients may present certificates. Default: `http`. */
  readonly tls?: SelfSignedCertificate
}

/** `GET` and `POST /accounts/:nr/orders` on Express, as an API would be written with this library. */
export interface OrdersApi extends LoopbackServer {
  /** Sends a bearer token. Default: reads the orders of account 42. */
  ask(token: string, path?: string, method?: string): Promise<Response>
  /** What came of each request since this was last asked: the code of the verifier, or of the decision. */
  outcomes(): readonly string[]
}

export async function startOrdersApi({ verifier, tls }: OrdersApiOptions): Promise<OrdersApi> {
  const app = express()
  const { url, close } = await listenOnLoopback((request, response) => void app(request, response), tls)

  const outcomes: string[] = []
  const api = protect({ verifier: verifier(url), contract: orders, onEvent: (event) => outcomes.push(...outcomeOf(event)) })
  const own = orders.claim('account_nr').equalsParam('nr')
  app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), own), (req, res) => {
    const { kind, clientId, claims } = api.principal(req)
    res.json({ account: claims.account_nr, kind, clientId })
  })
  app.post('/accounts/:nr/orders', api.guard(orders.scope('orders_write'), own), (req, res) => {
    res.status(201).json({ account: api.principal(req).claims.account_nr })
  })

  return {
    url,
    ask: (token, path = '/accounts/42/orders', method = 'GET') =>
      fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}` } }),
    outcomes: () => outcomes.splice(0),
    close,
  }
}

function outcomeOf(event: ResourceServerEvent): string[] {
  if ('cause' in event && isVerificationError(event.cause)) return [event.cause.code]
  if ('code' in event) return [event.code]
  return event.kind === 'allowed' ? ['allowed'] : []
}
