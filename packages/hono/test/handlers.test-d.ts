import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { type Context, Hono } from 'hono'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { GuardedEnv, PrincipalBehind } from '../src/guarded-env.js'
import { protect } from '../src/protect.js'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: { orders_read: { claims: ['account_nr'] } },
})
type Wide = Principal<ClaimsOf<typeof orders>>
type Narrow = Principal<{ readonly account_nr: string }>

declare const verifier: AccessTokenVerifier
const api = protect({ verifier, contract: orders })
const own = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
const optional = api.authenticate({ optional: true })

// A guard says whom it lets pass.
expectTypeOf<PrincipalBehind<typeof own>>().toEqualTypeOf<Narrow>()
expectTypeOf<PrincipalBehind<typeof optional>>().toEqualTypeOf<Wide | undefined>()

// A handler elsewhere has the types of one that is written in its place.
function list(c: Context<GuardedEnv<PrincipalBehind<typeof own>>, '/accounts/:nr'>) {
  expectTypeOf(c.req.param('nr')).toEqualTypeOf<string>()
  expectTypeOf(c.var.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(c)).toEqualTypeOf<Narrow>()
  return c.json({ account: c.var.principal.claims.account_nr })
}
new Hono().get('/accounts/:nr', own, list)
new Hono<{ Variables: { requestId: string } }>().get('/accounts/:nr', own, list)
