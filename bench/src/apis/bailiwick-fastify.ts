import { protect } from '@bailiwick/fastify'
import Fastify from 'fastify'
import type { Api } from './api.js'
import { contract, createVerifier } from './bailiwick.js'
import { fastifyListener } from './fastify-listener.js'

export const bailiwickFastify: Api = {
  name: 'Bailiwick on Fastify',
  packages: ['@bailiwick/fastify', '@bailiwick/verifier', '@bailiwick/guard', 'fastify'],
  options:
    'protect({ verifier: createJwtVerifier({ issuer, audience }), contract }), as onRequest; authenticate({ optional: true }) on the optional route',
  lacks: [],
  create(settings) {
    const api = protect({ verifier: createVerifier(settings), contract })
    const app = Fastify()
    app.get('/orders', { onRequest: api.authenticate() }, async () => [])
    app.get('/scoped', { onRequest: api.guard(contract.scope('orders_read')) }, async () => [])
    app.get('/claimed', { onRequest: api.guard(contract.claim('account_nr').equals('42')) }, async () => [])
    app.get('/optional', { onRequest: api.authenticate({ optional: true }) }, async (request) => {
      return { sub: api.principal(request)?.sub ?? null }
    })
    return fastifyListener(app)
  },
}
