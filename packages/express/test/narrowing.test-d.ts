import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import express, { type Request, type Response } from 'express'
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
const app = express()
const guarded = api.guard(orders.scope('orders_read'), orders.role('clerk'))

// The principal is narrowed by what the guards prove, and the path parameters are those of the path.
app.get('/accounts/:nr/orders', guarded, (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(res.locals.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.post('/accounts/:nr/orders', express.json(), guarded, async (req) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(api.principal(req).claims.account_nr).toEqualTypeOf<string>()
})
app.route('/accounts/:nr').get(guarded, (req) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), guarded, (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.get('/me', api.guard(), (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide>()
})

// Authentication alone proves nothing of the claims; where it is optional, there may be no principal.
app.get('/me', api.authenticate(), (req, res) => {
  expectTypeOf(res.locals.principal).toEqualTypeOf<Wide>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide>()
})
app.get('/catalogue', api.authenticate({ optional: true }), (req, res) => {
  expectTypeOf(res.locals.principal).toEqualTypeOf<Wide | undefined>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide | undefined>()
})
declare const optional: boolean
app.get('/catalogue', api.authenticate({ optional }), (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide | undefined>()
})

// What a router has checked does not show in the types of its routes.
const router = express.Router()
router.use(api.guard(orders.role('clerk')))
router.get('/open', (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide | undefined>()
})
app.use('/v1', api.guard(orders.role('clerk')), router)

// A handler that says what it needs does not stand behind guards that prove something else.
declare const ordersOfAccount: (req: Request, res: Response<unknown, { principal: Narrow }>) => void
app.get('/orders', guarded, ordersOfAccount)
const partners = protect({ verifier, contract: other })
// @ts-expect-error a principal of another API
app.get('/orders', partners.guard(other.scope('read')), ordersOfAccount)

// @ts-expect-error a scope that the contract does not have
api.guard(orders.scope('orders_reed'))
// @ts-expect-error a role that the contract does not have
api.guard(orders.role('boss'))
// @ts-expect-error a guard of another contract, whose claims this one does not have
api.guard(other.scope('read'))
// @ts-expect-error a verifier is needed
protect({ contract: orders })
// @ts-expect-error there is no such way to refuse
protect({ verifier, contract: orders, refusals: 'throw' })
