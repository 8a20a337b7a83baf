import type { IncomingMessage } from 'node:http'
import { defineContract } from '@bailiwick/guard'
import type { Guard, NarrowedClaims, Principal, ResourceServerOptions } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import express from 'express'
import type { NextFunction, Response } from 'express'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'

// What was found on Express 5: the handler must not mention the request's type parameters, or Express infers the path
// parameters from it and not from the path. `Locals` travels by the response alone, and `req.res` brings it back to `principal(req)`.

interface GuardLocals<P> {
  principal: P
}
type GuardHandler<P> = (req: IncomingMessage, res: Response<unknown, GuardLocals<P>>, next: NextFunction) => void

interface Protection<Claims> {
  guard<const Guards extends readonly Guard<Claims>[]>(...guards: Guards): GuardHandler<Principal<NarrowedClaims<Claims, Guards>>>
  principal<Locals>(req: {
    readonly res?: { readonly locals: Locals } | undefined
  }): Locals extends GuardLocals<infer P> ? P : Principal<Claims> | undefined
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

const app = express()
const guarded = api.guard(orders.scope('orders_read'), orders.role('clerk'))

app.get('/accounts/:nr/orders', guarded, (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(res.locals.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.post('/accounts/:nr/orders', express.json(), guarded, async (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(res.locals.principal.claims.account_nr).toEqualTypeOf<string>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.route('/accounts/:nr').get(api.guard(orders.scope('orders_read')), (req) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.get('/payments/:id', api.guard(orders.scope('payment:*').equalsParam('id')), api.guard(orders.scope('orders_read')), (req) => {
  expectTypeOf(api.principal(req).claims.account_nr).toEqualTypeOf<string>()
})

const router = express.Router()
router.use(api.guard(orders.role('clerk')))
app.use('/v1', api.guard(orders.role('clerk')), router)
app.get('/open', (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Wide | undefined>()
})

// @ts-expect-error a guard of another contract, whose claims this one does not have
api.guard(other.scope('read'))
