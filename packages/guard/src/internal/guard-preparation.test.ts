import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { context, orders, server, verifier } from '../../test/orders-server.js'
import { allOf, not } from '../combinators.js'
import { defineContract } from '../contract.js'
import type { Guard } from '../guard.js'
import { createResourceServer } from '../resource-server.js'
import { permission, role } from '../role-guard.js'
import { scope } from '../scope-guard.js'

describe('guard', () => {
  test('joins guards to one, leaves a single one alone, and allows everybody without any', () => {
    const read = orders.scope('read')
    expect(server.guard(read)).toBe(read)
    expect(server.guard(read, orders.role('clerk')).description).toMatchObject({
      guard: 'allOf',
      guards: [{ guard: 'scope' }, { guard: 'role' }],
    })
    expect(server.guard().description).toEqual({ guard: 'allOf', guards: [] })
  })

  test('rejects a guard of another contract, since what it proves does not hold here', () => {
    const other = defineContract({ audience: 'other-api', claims: z.object({ account_nr: z.string().optional() }), scopes: { read: {} } })
    const message = 'a guard of another contract cannot be used with "orders-api"'
    expect(() => server.guard(other.scope('read'))).toThrow(message)
    expect(() => server.guard(allOf(orders.scope('read'), not(other.claim('account_nr').equals('x'))))).toThrow(message)
    expect(() => server.authorize(undefined, other.scope('read'), context)).toThrow(message)
  })

  test('rejects names that the contract does not have, wherever they stand', () => {
    expect(() => server.guard(not(scope('red')))).toThrow('requires the scope "red", which the contract "orders-api" does not define')
    expect(() => server.guard(scope('read:*').equalsParam('id'))).toThrow('requires the scope "read:*"')
    expect(() => server.guard(permission('order:refund'))).toThrow('requires the permission "order:refund"')
    expect(server.guard(scope('payment:7'), role('anybody')).description).toMatchObject({ guard: 'allOf' })
  })

  test('takes any permission where tokens may list their own', () => {
    const contract = defineContract({ audience: 'a', scopes: {}, locations: { permissions: 'permissions' } })
    expect(createResourceServer({ verifier, contract }).guard(permission('x')).description).toEqual({ guard: 'permission', name: 'x' })
  })

  test('rejects what is no guard', () => {
    expect(() => server.guard((() => true) as unknown as Guard)).toThrow('guard() takes guards')
  })
})
