import { protect } from '@bailiwick/koa'
import { Router } from '@koa/router'
import Koa from 'koa'
import type { Api } from './api.js'
import { contract, createVerifier } from './bailiwick.js'
import { koaListener } from './koa-listener.js'

export const bailiwickKoa: Api = {
  name: 'Bailiwick on Koa',
  packages: ['@bailiwick/koa', '@bailiwick/verifier', '@bailiwick/guard', 'koa', '@koa/router'],
  options:
    'protect({ verifier: createJwtVerifier({ issuer, audience }), contract }); authenticate({ optional: true }) on the optional route',
  lacks: [],
  create(settings) {
    const api = protect({ verifier: createVerifier(settings), contract })
    const router = new Router()
    const nothing: Koa.Middleware = (ctx) => {
      ctx.body = []
    }
    router.get('/orders', api.authenticate(), nothing)
    router.get('/scoped', api.guard(contract.scope('orders_read')), nothing)
    router.get('/claimed', api.guard(contract.claim('account_nr').equals('42')), nothing)
    router.get('/optional', api.authenticate({ optional: true }), (ctx) => {
      ctx.body = { sub: ctx.state.principal?.sub ?? null }
    })
    return koaListener(new Koa().use(router.routes()))
  },
}
