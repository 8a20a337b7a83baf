import { protect } from '@bailiwick/express'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { orders } from '@bailiwick-examples/orders/contract'
import { createLedger } from '@bailiwick-examples/orders/ledger'
import express, { type Express } from 'express'

export interface OrdersApiOptions {
  verifier: AccessTokenVerifier
  /** Told why each request was refused. */
  onEvent?: Parameters<typeof protect>[0]['onEvent']
}

/** The orders API on Express. */
export function createOrdersApi({ verifier, onEvent }: OrdersApiOptions): Express {
  const api = protect({ verifier, contract: orders, onEvent })
  const ledger = createLedger()
  const app = express()

  app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr')), (req, res) => {
    res.json(ledger.ordersOf(api.principal(req).claims.account_nr))
  })
  app.post(
    '/accounts/:nr/orders',
    api.guard(orders.scope('orders_write'), orders.claim('account_nr').equalsParam('nr')),
    express.json(),
    (req, res) => {
      res.status(201).json(ledger.place(api.principal(req).claims.account_nr, String(req.body?.item)))
    },
  )
  app.post('/orders/:id/refund', api.guard(orders.permission('order:refund')), (req, res) => {
    const order = ledger.refund(req.params.id)
    if (order === undefined) res.status(404).json({ error: 'not_found' })
    else res.json(order)
  })
  app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), (req, res) => {
    res.json(ledger.payment(req.params.id) ?? null)
  })
  app.get('/me', api.guard(), (req, res) => {
    const { kind, sub, scopes, permissions } = api.principal(req)
    res.json({ kind, sub, scopes, permissions })
  })
  return app
}
