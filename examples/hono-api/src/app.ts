import { protect } from '@bailiwick/hono'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { orders } from '@bailiwick-examples/orders/contract'
import { createLedger } from '@bailiwick-examples/orders/ledger'
import { Hono } from 'hono'

/** The orders API on Hono. */
export function createOrdersApi({ verifier }: { verifier: AccessTokenVerifier }) {
  const api = protect({ verifier, contract: orders })
  const ledger = createLedger()

  return new Hono()
    .get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (c) =>
      c.json(ledger.ordersOf(c.var.principal.claims.account_nr)),
    )
    .post('/orders/:id/refund', api.guard(orders.permission('order:refund')), (c) => c.json(ledger.refund(c.req.param('id')) ?? null))
    .get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (c) => c.json(ledger.payment(c.req.param('id')) ?? null))
    .get('/me', api.guard(), (c) => {
      const { kind, sub, scopes, permissions } = c.var.principal
      return c.json({ kind, sub, scopes, permissions })
    })
}
