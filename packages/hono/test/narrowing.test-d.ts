import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { Hono, type MiddlewareHandler } from 'hono'
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
const app = new Hono()
const guarded = api.guard(orders.scope('orders_read'), orders.role('clerk'))

// The principal is narrowed by what the guards prove, and the path parameters are those of the path.
app.get('/accounts/:nr/orders', guarded, (c) => {
  expectTypeOf(c.req.param('nr')).toEqualTypeOf<string>()
  expectTypeOf(c.var.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(c.get('principal')).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.json({ account: c.var.principal.claims.account_nr })
})
app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), guarded, (c) => {
  expectTypeOf(api.principal(c).claims.account_nr).toEqualTypeOf<string>()
  return c.body(null)
})
app.get('/me', api.guard(), (c) => {
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide>()
  return c.body(null)
})
new Hono().use(guarded).get('/x/:id', (c) => {
  expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.body(null)
})

// Authentication alone proves nothing of the claims; where it is optional, there may be no principal.
app.get('/me', api.authenticate(), (c) => {
  expectTypeOf(c.var.principal).toEqualTypeOf<Wide>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide>()
  return c.body(null)
})
app.get('/catalogue', api.authenticate({ optional: true }), (c) => {
  expectTypeOf(c.var.principal).toEqualTypeOf<Wide | undefined>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide | undefined>()
  return c.body(null)
})
declare const optional: boolean
app.get('/catalogue', api.authenticate({ optional }), (c) => {
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide | undefined>()
  return c.body(null)
})

// What a router has checked does not show in the types of its routes, unless they are chained to it.
app.use('/v1/*', api.guard(orders.role('clerk')))
app.get('/v1/open', (c) => {
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide | undefined>()
  return c.body(null)
})

// An environment of the application's own stays as it is.
const typed = new Hono<{ Bindings: { DB: string }; Variables: { requestId: string } }>()
typed.get('/accounts/:nr', guarded, (c) => {
  expectTypeOf(c.env.DB).toEqualTypeOf<string>()
  expectTypeOf(c.var.requestId).toEqualTypeOf<string>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.body(null)
})
const untyped: MiddlewareHandler[] = [api.authenticate(), guarded]
app.use(...untyped)

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
