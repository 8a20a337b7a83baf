import { defineContract } from '@bailiwick/guard'
import type { Guard, NarrowedClaims, Principal, ResourceServerOptions } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'

// What was found on Hono 4: the environment of the middleware reaches the handlers behind it, also through `use` in a chain.
// Two guards in a row give the intersection of their principals.

interface GuardVariables<P> {
  principal: P
}
interface Protection<Claims> {
  guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): MiddlewareHandler<{ Variables: GuardVariables<Principal<NarrowedClaims<Claims, Guards>>> }>
  principal<Variables>(c: { readonly var: Variables }): Variables extends GuardVariables<infer P> ? P : Principal<Claims> | undefined
}
declare function protect<Claims>(options: ResourceServerOptions<Claims>): Protection<Claims>

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.string()).default([]) }),
  scopes: { orders_read: { claims: ['account_nr'] }, 'payment:*': { description: 'One payment, by id' } },
  permissions: { clerk: ['order:read'] },
})
const other = defineContract({ audience: 'other-api', claims: z.object({ tenant: z.string() }), scopes: { read: {} } })

type Narrow = Principal<{ readonly account_nr: string; readonly roles: readonly string[] }>
type Wide = Principal<{ readonly account_nr?: string | undefined; readonly roles: readonly string[] }>

declare const verifier: AccessTokenVerifier
const api = protect({ verifier, contract: orders })

const app = new Hono()
app.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.role('clerk')), (c) => {
  expectTypeOf(c.req.param('nr')).toEqualTypeOf<string>()
  expectTypeOf(c.var.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.json({ account: c.var.principal.claims.account_nr })
})
app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), api.guard(orders.scope('orders_read')), (c) => {
  expectTypeOf(c.var.principal.claims.account_nr).toEqualTypeOf<string>()
  return c.body(null)
})
app.get('/open', (c) => {
  expectTypeOf(api.principal(c)).toEqualTypeOf<Wide | undefined>()
  return c.body(null)
})
app.use('/v1/*', api.guard(orders.role('clerk')))
new Hono().use(api.guard(orders.scope('orders_read'))).get('/x/:id', (c) => {
  expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.body(null)
})

// @ts-expect-error a guard of another contract, whose claims this one does not have
api.guard(other.scope('read'))
