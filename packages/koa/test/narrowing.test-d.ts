import { defineContract } from '@bailiwick/guard'
import type { Guard, NarrowedClaims, Principal, ResourceServerOptions } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { Router } from '@koa/router'
import Koa from 'koa'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'

// What was found on Koa 3 and @koa/router 15: a middleware with a state of its own is enough. The state of a bare Koa
// extends `any`, so that `unknown` is inferred from it, which `principal(ctx)` has to tell apart.

interface GuardState<P> {
  principal: P
}
type PrincipalIn<State, Otherwise> = State extends GuardState<infer P> ? (unknown extends P ? Otherwise : P) : Otherwise

interface Protection<Claims> {
  guard<const Guards extends readonly Guard<Claims>[]>(
    ...guards: Guards
  ): Koa.Middleware<GuardState<Principal<NarrowedClaims<Claims, Guards>>>>
  principal<State>(ctx: { readonly state: State }): PrincipalIn<State, Principal<Claims> | undefined>
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

const router = new Router()
router.get('/accounts/:nr/orders', api.guard(orders.scope('orders_read'), orders.role('clerk')), (ctx) => {
  expectTypeOf(ctx.params['nr']).toEqualTypeOf<string | undefined>()
  expectTypeOf(ctx.state.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
})
router.get('/open', (ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Wide | undefined>()
})
router.use(api.guard(orders.role('clerk')))

new Koa().use(api.guard(orders.scope('orders_read'))).use((ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
})

// @ts-expect-error a guard of another contract, whose claims this one does not have
api.guard(other.scope('read'))
