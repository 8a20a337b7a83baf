import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { Router } from '@koa/router'
import Koa from 'koa'
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
const router = new Router()
const guarded = api.guard(orders.scope('orders_read'), orders.role('clerk'))

// The principal is narrowed by what the guards prove, and the path parameters keep the router's type.
router.get('/accounts/:nr/orders', guarded, (ctx) => {
  expectTypeOf(ctx.params['nr']).toEqualTypeOf<string | undefined>()
  expectTypeOf(ctx.state.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
})
router.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), guarded, async (ctx, next) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
  await next()
})
router.get('/me', api.guard(), (ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide>()
})
new Koa().use(guarded).use((ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
})

// Authentication alone proves nothing of the claims; where it is optional, there may be no principal.
router.get('/me', api.authenticate(), (ctx) => {
  expectTypeOf(ctx.state.principal).toEqualTypeOf<Wide>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide>()
})
router.get('/catalogue', api.authenticate({ optional: true }), (ctx) => {
  expectTypeOf(ctx.state.principal).toEqualTypeOf<Wide | undefined>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide | undefined>()
})
declare const optional: boolean
router.get('/catalogue', api.authenticate({ optional }), (ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide | undefined>()
})

// What a router has checked does not show in the types of its routes.
router.use(api.guard(orders.role('clerk')))
router.get('/open', (ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide | undefined>()
})

// A state of the application's own stays as it is.
const typed = new Router<{ requestId: string }>()
typed.get('/accounts/:nr', guarded, (ctx) => {
  expectTypeOf(ctx.state.requestId).toEqualTypeOf<string>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
})
const untyped: Koa.Middleware[] = [api.authenticate(), guarded]
new Koa().use(untyped[0] ?? guarded).use(router.routes())

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
