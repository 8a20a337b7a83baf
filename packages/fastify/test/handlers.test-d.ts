import { type ClaimsOf, defineContract, type Principal } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import Fastify from 'fastify'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { GuardedBy, GuardedRequest, PrincipalBehind } from '../src/guarded-route.js'
import { protect } from '../src/protect.js'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional() }),
  scopes: { orders_read: { claims: ['account_nr'] } },
})
const other = defineContract({ audience: 'other-api', claims: z.object({ tenant: z.string() }), scopes: { read: {} } })
type Wide = Principal<ClaimsOf<typeof orders>>
type Narrow = Principal<{ readonly account_nr: string }>
interface Route {
  Params: { nr: string }
}

declare const verifier: AccessTokenVerifier
const api = protect({ verifier, contract: orders })
const app = Fastify()
const own = api.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))
const foreign = protect({ verifier, contract: other }).guard(other.scope('read'))
const optional = api.authenticate({ optional: true })

// A guard says whom it lets pass.
expectTypeOf<PrincipalBehind<typeof own>>().toEqualTypeOf<Narrow>()
expectTypeOf<PrincipalBehind<typeof optional>>().toEqualTypeOf<Wide | undefined>()

// Where the route's types are written out, nothing is inferred: the guard is named with them.
app.get<Route, GuardedBy<typeof own>>('/accounts/:nr', { onRequest: own }, async (request) => {
  expectTypeOf(request.params.nr).toEqualTypeOf<string>()
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
})
app.get<Route>('/accounts/:nr', { onRequest: own }, async (request) => {
  expectTypeOf(request.params.nr).toEqualTypeOf<string>()
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
})
// @ts-expect-error the guard of another API
app.get<Route, GuardedBy<typeof own>>('/accounts/:nr', { onRequest: foreign }, async () => 'ok')
app.get<{ Reply: { 200: { ok: boolean } } }>('/replies', { onRequest: own }, async (_request, reply) => reply.code(200).send({ ok: true }))

// A handler elsewhere has the types of one that is written in its place.
async function list(request: GuardedRequest<typeof own, Route>) {
  expectTypeOf(request.params.nr).toEqualTypeOf<string>()
  expectTypeOf(api.principal(request)).toEqualTypeOf<Narrow>()
  return []
}
app.get('/accounts/:nr', { onRequest: own }, list)
// @ts-expect-error the principal of another API
app.get('/accounts/:nr', { onRequest: foreign }, list)

// Plugins that know nothing of guards take one as they take any hook, and a request behind one as any request.
async function plain(request: GuardedRequest<typeof optional>) {
  expectTypeOf(api.principal(request)).toEqualTypeOf<Wide | undefined>()
  return 'ok'
}
app.get('/catalogue', { onRequest: optional }, plain)
