import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import Fastify, { type FastifyTypeProvider, type onRequestHookHandler } from 'fastify'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { protect } from '../src/protect.js'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.string()).default([]) }),
  scopes: { orders_read: { claims: ['account_nr'] }, orders_write: {}, 'payment:*': { description: 'One payment, by id' } },
  permissions: { clerk: ['order:read'] },
})
const other = defineContract({ audience: 'other-api', claims: z.object({ tenant: z.string() }), scopes: { read: {} } })

type Wide = Principal<ClaimsOf<typeof orders>>
type Narrow = Principal<{ readonly account_nr: string; readonly roles: readonly string[] }>

declare const verifier: AccessTokenVerifier
const api = protect({ verifier, contract: orders })
const app = Fastify()
const guarded = api.guard(orders.scope('orders_read'), orders.role('clerk'))

// The principal is narrowed by what the guards prove, in whatever hook they stand, and alone or in a list.
app.get('/accounts/:nr/orders', { onRequest: guarded }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
})
app.get('/accounts/:nr/orders', { preHandler: [api.authenticate(), guarded] }, (request, reply) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
  reply.send()
})
app.post(
  '/payments/:id',
  { preValidation: api.guard(orders.scope('payment:*').equalsParam('id'), orders.scope('orders_read')) },
  async (r) => {
    expectTypeOf(api.principal(r)).toEqualTypeOf<Narrow>()
  },
)
app.route({
  method: 'GET',
  url: '/accounts/:nr/orders',
  onRequest: guarded,
  handler: async (request) => {
    expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
  },
})
app.get('/me', { onRequest: api.guard() }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide>()
})

// Authentication alone proves nothing of the claims; where it is optional, there may be no principal.
app.get('/me', { onRequest: api.authenticate() }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide>()
})
app.get('/catalogue', { onRequest: api.authenticate({ optional: true }) }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
})
declare const optional: boolean
app.get('/catalogue', { onRequest: api.authenticate({ optional }) }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
})

// What a plugin has checked does not show in the types of its routes.
await app.register(async (plugin) => {
  plugin.addHook('onRequest', guarded)
  plugin.get('/open', async (request) => {
    expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
  })
})

// Types that come from schemas stay as they are, and so does a config of the application's own, beside which nothing is narrowed.
interface Schemas extends FastifyTypeProvider {
  readonly validator: this['schema'] extends { readonly type: 'object' } ? { nr: string } : unknown
  readonly input: unknown
  readonly output: this['input'] extends { readonly type: 'object' } ? { nr: string } : unknown
}
const typed = app.withTypeProvider<Schemas>()
typed.get('/accounts/:nr', { onRequest: guarded, schema: { params: { type: 'object' } } }, async (request) => {
  expectTypeOf(request.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
})
app.get('/limited', { onRequest: guarded, config: { limit: 5 } }, async (request) => {
  expectTypeOf(request.routeOptions.config.limit).toEqualTypeOf<number>()
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
})
app.get('/first', { onRequest: [(_request, _reply, done) => done(), guarded] }, async (request) => {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
})
const untyped: onRequestHookHandler[] = [api.authenticate(), guarded]
app.get('/untyped', { onRequest: untyped }, async () => 'ok')

// @ts-expect-error a scope that the contract does not have
api.guard(orders.scope('orders_reed'))
// @ts-expect-error a role that the contract does not have
api.guard(orders.role('boss'))
// @ts-expect-error a guard of another contract, whose claims this one does not have
api.guard(other.scope('read'))
// @ts-expect-error a verifier is needed
protect({ contract: orders })
// @ts-expect-error there is no such way to refuse
protect({ verifier, contract: orders, refusals: 'next' })
// @ts-expect-error where the third argument is not to go on with
app.addHook('preParsing', guarded)
