import { protect } from '@bailiwick/koa'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { orders } from '@bailiwick-examples/orders/contract'
import { createLedger } from '@bailiwick-examples/orders/ledger'
import { Router } from '@koa/router'
import Koa from 'koa'

/** The orders API on Koa. */
export function createOrdersApi({ verifier }: { verifier: AccessTokenVerifier }): Koa {
  const api = protect({ verifier, contract: orders })
  const ledger = createLedger()
  const router = new Router()

  router.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (ctx) => {
    ctx.body = ledger.ordersOf(ctx.state.principal.claims.account_nr)
  })
  router.post('/orders/:id/refund', api.guard(orders.permission('order:refund')), (ctx) => {
    ctx.body = ledger.refund(String(ctx.params.id)) ?? null
  })
  router.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (ctx) => {
    ctx.body = ledger.payment(String(ctx.params.id)) ?? null
  })
  router.get('/me', api.guard(), (ctx) => {
    const { kind, sub, scopes, permissions } = ctx.state.principal
    ctx.body = { kind, sub, scopes, permissions }
  })

  const app = new Koa()
  app.use(router.routes())
  return app
}
