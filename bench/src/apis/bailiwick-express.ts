import { protect } from '@bailiwick/express'
import express from 'express'
import type { Api } from './api.js'
import { contract, createVerifier } from './bailiwick.js'

export const bailiwickExpress: Api = {
  name: 'Bailiwick on Express',
  packages: ['@bailiwick/express', '@bailiwick/verifier', '@bailiwick/guard', 'express'],
  options:
    'protect({ verifier: createJwtVerifier({ issuer, audience }), contract }); authenticate({ optional: true }) on the optional route',
  lacks: [],
  create(settings) {
    const api = protect({ verifier: createVerifier(settings), contract })
    const app = express()
    app.get('/orders', api.authenticate(), (_req, res) => void res.json([]))
    app.get('/scoped', api.guard(contract.scope('orders_read')), (_req, res) => void res.json([]))
    app.get('/claimed', api.guard(contract.claim('account_nr').equals('42')), (_req, res) => void res.json([]))
    app.get('/optional', api.authenticate({ optional: true }), (_req, res) => {
      res.json({ sub: res.locals.principal?.sub ?? null })
    })
    return app
  },
}
