import { acr } from '@bailiwick/guard'
import { protect } from '@bailiwick/hono'
import { createJwtVerifier } from '@bailiwick/verifier'
import { orders } from '@bailiwick-examples/orders/contract'
import { createLedger } from '@bailiwick-examples/orders/ledger'
import { Hono } from 'hono'
import { strong } from './issuer.js'

/**
 * The API that the app calls. A login is enough to read orders; a refund wants a strong one.
 *
 * @param now milliseconds since the epoch
 */
export function createOrdersApi(issuer: string, now: () => number = Date.now) {
  const api = protect({ verifier: createJwtVerifier({ issuer, audience: orders.audience, now }), contract: orders })
  const ledger = createLedger()

  return new Hono()
    .get('/orders', api.guard(orders.scope('orders_read')), (c) => c.json(ledger.ordersOf(c.var.principal.claims.account_nr)))
    .post('/orders/:id/refund', api.guard(orders.scope('orders_write'), acr(strong)), (c) => {
      const own = ledger.ordersOf(c.var.principal.claims.account_nr).some(({ id }) => id === c.req.param('id'))
      return own ? c.json(ledger.refund(c.req.param('id')) ?? null) : c.notFound()
    })
}
