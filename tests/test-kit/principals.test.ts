import { createResourceServer, defineContract } from '@bailiwick/guard'
import type { Principal } from '@bailiwick/guard'
import { principal } from '@bailiwick/mock-issuer/testing'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'

const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional(), limit: z.coerce.number().default(10) }),
  scopes: { orders_read: { claims: ['account_nr'] }, 'payment:*': {} },
  permissions: { clerk: ['order:read'] },
})

const server = createResourceServer({ contract: orders, verifier: { verify: () => Promise.reject(new Error('no token is needed')) } })
const context = { request: new Request('https://api.example.com/accounts/42'), params: { nr: '42' } }
const ownOrders = server.guard(orders.scope('orders_read'), orders.claim('account_nr').equalsParam('nr'))

test('a fake of a contract is what the contract makes of a token, with its type', () => {
  const john = principal({ contract: orders, scopes: ['orders_read'], roles: ['clerk'], claims: { account_nr: '42', limit: '5' } })

  expectTypeOf(john.claims).toEqualTypeOf<{ readonly account_nr?: string | undefined; readonly limit: number }>()
  expect(john.claims).toEqual({ account_nr: '42', limit: 5 })
  expect(john.permissions).toEqual(['order:read'])
})

test('guards take fakes of their contract', async () => {
  const john = principal({ contract: orders, scopes: ['orders_read'], claims: { account_nr: '42' } })
  expect(await server.authorize(john, ownOrders, context)).toMatchObject({ kind: 'allowed' })
  const jane = principal({ contract: orders, sub: 'jane', scopes: ['orders_read'], claims: { account_nr: '7' } })
  expect(await server.authorize(jane, ownOrders, context)).toMatchObject({ kind: 'refused' })
  const payer = principal({ contract: orders, scopes: ['payment:9'] })
  expect(await server.authorize(payer, orders.scope('payment:9'), context)).toMatchObject({ kind: 'allowed' })
})

test('guards and handlers take fakes without a contract', async () => {
  const john = principal({ scopes: ['orders_read'], claims: { account_nr: '42', limit: 1 } })
  expect(await orders.scope('orders_read').evaluate(john, context)).toMatchObject({ kind: 'allowed' })

  const handler = (caller: Principal<{ readonly account_nr: string }>): string => `orders of ${caller.claims.account_nr}`
  expect(handler(john)).toBe('orders of 42')
})

test('there is no fake of a principal that the contract would refuse', () => {
  expect(() => principal({ contract: orders, scopes: ['orders_read'] })).toThrow(
    'the scope "orders_read" requires the claim "account_nr", which the token lacks',
  )
  expect(() => principal({ contract: orders, scopes: ['orders_raed'] })).toThrow('the contract does not define the scope "orders_raed"')
})
