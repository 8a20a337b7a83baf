import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import express, { type Request, type RequestHandler } from 'express'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { HandlerBehind, PrincipalBehind } from '../src/guard-handler.js'
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
declare const log: RequestHandler
const api = protect({ verifier, contract: orders })
const app = express()
const own = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
const foreign = protect({ verifier, contract: other }).guard(other.scope('read'))
const optional = api.authenticate({ optional: true })

// A guard says whom it lets pass.
expectTypeOf<PrincipalBehind<typeof own>>().toEqualTypeOf<Narrow>()
expectTypeOf<PrincipalBehind<typeof optional>>().toEqualTypeOf<Wide | undefined>()

// A handler elsewhere has the types of one that is written in its place.
const list: HandlerBehind<typeof own, { nr: string }> = (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
  expectTypeOf(res.locals.principal).toEqualTypeOf<Narrow>()
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
  res.json({ any: 'thing' })
}
const pay: HandlerBehind<typeof own, { nr: string }, { amount: number }> = async (req, _res, next) => {
  expectTypeOf(req.body).toEqualTypeOf<{ amount: number }>()
  next()
}
app.get('/accounts/:nr', own, list)
app.get('/accounts/:nr', log, own, list)
app.route('/accounts/:nr').get(own, list).post(express.json(), own, pay)
// @ts-expect-error the principal of another API
app.get('/accounts/:nr', foreign, list)

// Explicit type arguments work if they include that of `res.locals`: the compiler infers all of them or none.
app.post<{ nr: string }, unknown, { amount: number }, Request['query'], { principal: PrincipalBehind<typeof own> }>(
  '/accounts/:nr',
  log,
  own,
  (req) => {
    expectTypeOf(req.params).toEqualTypeOf<{ nr: string }>()
    expectTypeOf(req.body).toEqualTypeOf<{ amount: number }>()
    expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
  },
)
// @ts-expect-error without it, `res.locals` may be anything
app.post<{ nr: string }, unknown, { amount: number }>('/accounts/:nr', own, () => {})

// Handlers that go together are spread: the types of Express give up those of `res.locals` for an array.
const both = [log, own] as const
app.get('/accounts/:nr', ...both, (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
app.route('/accounts/:nr').get(...both, (req) => {
  expectTypeOf(api.principal(req)).toEqualTypeOf<Narrow>()
})
// @ts-expect-error an array as one argument
app.get('/accounts/:nr', [log, own], () => {})
