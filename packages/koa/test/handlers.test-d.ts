import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { Router, type RouterMiddleware } from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { GuardedState, PrincipalBehind } from '../src/guarded-state.js'
import { protect } from '../src/protect.js'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: { orders_read: { claims: ['account_nr'] } },
})
const other = defineContract({ audience: 'other-api', claims: z.object({ tenant: z.string() }), scopes: { read: {} } })
type Wide = Principal<ClaimsOf<typeof orders>>
type Narrow = Principal<{ readonly account_nr: string }>

declare const verifier: AccessTokenVerifier
const api = protect({ verifier, contract: orders })
const router = new Router()
const own = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
const foreign = protect({ verifier, contract: other }).guard(other.scope('read'))
const optional = api.authenticate({ optional: true })

// A guard says whom it lets pass.
expectTypeOf<PrincipalBehind<typeof own>>().toEqualTypeOf<Narrow>()
expectTypeOf<PrincipalBehind<typeof optional>>().toEqualTypeOf<Wide | undefined>()

// A handler elsewhere has the types of one that is written in its place.
const list: RouterMiddleware<GuardedState<PrincipalBehind<typeof own>>> = (ctx) => {
  expectTypeOf(ctx.params['nr']).toEqualTypeOf<string | undefined>()
  expectTypeOf(ctx.state.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
}
router.get('/accounts/:nr', own, list)
// @ts-expect-error the principal of another API
router.get('/accounts/:nr', foreign, list)

const plain: Middleware<GuardedState<PrincipalBehind<typeof own>>> = (ctx) => {
  expectTypeOf(api.principal(ctx)).toEqualTypeOf<Narrow>()
}
new Koa().use(own).use(plain)
