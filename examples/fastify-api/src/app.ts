import { protect } from '@bailiwick/fastify'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { orders } from '@bailiwick-examples/orders/contract'
import { createLedger } from '@bailiwick-examples/orders/ledger'
import Fastify, { type FastifyInstance } from 'fastify'

/** The orders API on Fastify. */
export function createOrdersApi({ verifier }: { verifier: AccessTokenVerifier }): FastifyInstance {
  const api = protect({ verifier, contract: orders })
  const ledger = createLedger()
  const app = Fastify()

  const ownOrders = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
  app.get('/accounts/:nr/orders', { onRequest: ownOrders }, async (request) => ledger.ordersOf(api.principal(request).claims.account_nr))

  const refunds = api.guard(orders.permission('order:refund'))
  app.post<{ Params: { id: string } }>('/orders/:id/refund', { onRequest: refunds }, async (request) => {
    return ledger.refund(request.params.id) ?? null
  })

  const ownPayment = api.guard(orders.scope('payment:*').equalsParam('id'))
  app.get<{ Params: { id: string } }>('/payments/:id', { onRequest: ownPayment }, async (request) => {
    return ledger.payment(request.params.id) ?? null
  })

  app.get('/me', { onRequest: api.guard() }, async (request) => {
    const { kind, sub, scopes, permissions } = api.principal(request)
    return { kind, sub, scopes, permissions }
  })
  return app
}
