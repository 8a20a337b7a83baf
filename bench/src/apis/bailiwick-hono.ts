import { protect } from '@bailiwick/hono'
import { Hono } from 'hono'
import type { Api } from './api.js'
import { contract, createVerifier } from './bailiwick.js'
import { nodeListener } from './node-listener.js'

export const bailiwickHono: Api = {
  name: 'Bailiwick on Hono',
  packages: ['@bailiwick/hono', '@bailiwick/verifier', '@bailiwick/guard', 'hono', '@hono/node-server'],
  options:
    'protect({ verifier: createJwtVerifier({ issuer, audience }), contract }); authenticate({ optional: true }) on the optional route',
  lacks: [],
  create(settings) {
    const api = protect({ verifier: createVerifier(settings), contract })
    const app = new Hono()
    app.get('/orders', api.authenticate(), (c) => c.json([]))
    app.get('/scoped', api.guard(contract.scope('orders_read')), (c) => c.json([]))
    app.get('/claimed', api.guard(contract.claim('account_nr').equals('42')), (c) => c.json([]))
    app.get('/optional', api.authenticate({ optional: true }), (c) => c.json({ sub: c.var.principal?.sub ?? null }))
    return nodeListener(app)
  },
}
