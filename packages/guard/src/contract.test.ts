import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineContract } from './contract.js'

type Definition = Parameters<typeof defineContract>[0]
const define = (definition: object) => defineContract({ audience: 'orders-api', scopes: {}, ...definition })

describe('defineContract', () => {
  test('keeps the declarations, copied, frozen and without prototype', () => {
    const scopes = { read: { description: 'Read', claims: ['account_nr'] } }
    const permissions = { clerk: ['order:read'] }
    const schema = z.object({ account_nr: z.string().optional() })
    const contract = define({ scopes, permissions, claims: schema })
    scopes.read.claims.pop()
    permissions.clerk.push('order:refund')

    expect(contract.audience).toBe('orders-api')
    expect(contract.claims).toBe(schema)
    expect(contract.scopes).toEqual({ read: { description: 'Read', claims: ['account_nr'] } })
    expect(contract.permissions).toEqual({ clerk: ['order:read'] })
    expect(contract.scopes['constructor']).toBeUndefined()
    expect(contract.permissions['toString']).toBeUndefined()
    expect(Object.getPrototypeOf(contract.scopes)).toBeNull()
    for (const frozen of [contract, contract.scopes, contract.scopes['read']?.claims, contract.permissions['clerk']]) {
      expect(Object.isFrozen(frozen)).toBe(true)
    }
  })

  test.each([
    [{ audience: '' }, 'audience must be the "aud"'],
    [{ audience: '  ' }, 'audience must be the "aud"'],
    [{ audience: ['a'] }, 'audience must be the "aud"'],
    [{ claims: {} }, 'claims must be a Standard Schema'],
    [{ scopes: undefined }, 'scopes must be an object.'],
    [{ scopes: ['read'] }, 'scopes must be an object.'],
    [{ scopes: { 'a b': {} } }, '"a b" cannot be a scope'],
    [{ scopes: { '': {} } }, '"" cannot be a scope'],
    [{ scopes: { 'orders*': {} } }, '"orders*" is not a prefix scope: write one star, at the end and after a separator'],
    [{ scopes: { 'a:*:b': {} } }, '"a:*:b" is not a prefix scope'],
    [{ scopes: { read: 'Read' } }, 'scopes["read"] must be an object.'],
    [{ scopes: { read: { claim: ['x'] } } }, 'scopes["read"] has no member "claim": write one of description, claims.'],
    [{ scopes: { read: { description: 5 } } }, 'scopes["read"].description must be a string.'],
    [{ scopes: { read: { claims: 'account_nr' } } }, 'scopes["read"].claims must be an array of names'],
    [{ scopes: { read: { claims: [''] } } }, 'scopes["read"].claims must be an array of names'],
    [{ scopes: { 'payment:*': {}, 'payment:all': {} } }, '"payment:all" is also a "payment:*"; rename one'],
    [{ scopes: { 'payment:*': {}, 'payment:refund:*': {} } }, '"payment:refund:*" is also a "payment:*"; rename one'],
    [
      { permissions: { clerk: 'order:read' } },
      'permissions["clerk"] must be an array of names: list what the role may do, or write [] if it carries no permission.',
    ],
    [{ permissions: { clerk: [''] } }, 'permissions["clerk"] must be an array of names'],
    [{ permissions: { '': ['x'] } }, 'a role needs a name'],
    [{ permissions: [] }, 'permissions must be an object.'],
    [{ locations: { roles: '' } }, 'locations.roles must be the name of a claim'],
    [{ locations: { scopes: [] } }, 'locations.scopes must be the name of a claim'],
    [{ locations: { permissions: 5 } }, 'locations.permissions must be the name of a claim'],
    [{ locations: { role: 'x' } }, 'locations has no member "role"'],
    [{ isMachine: true }, 'isMachine must be a function'],
    [{ scope: {} }, 'a contract has no member "scope"'],
  ])('rejects %j, naming the member and the fix', (definition, message) => {
    expect(() => define(definition)).toThrow(ConfigurationError)
    expect(() => define(definition)).toThrow(message)
  })

  test('rejects something that is no definition', () => {
    expect(() => defineContract(null as unknown as Definition)).toThrow('a contract must be an object.')
  })
})

describe('the guards of a contract', () => {
  const orders = defineContract({
    audience: 'orders-api',
    scopes: { read: {}, 'payment:*': {} },
    permissions: { clerk: ['order:read'] },
  })

  test.each(['write', 'payment:', 'payment', 'paymen:1', 'payment:1*', 'constructor', '__proto__'])('has no scope %s', (name) => {
    expect(() => orders.scope(name as 'read')).toThrow(ConfigurationError)
    expect(() => orders.anyScope('read', name as 'read')).toThrow(ConfigurationError)
  })

  test('names the scopes that there are', () => {
    expect(() => orders.scope('write' as 'read')).toThrow('the contract "orders-api" has no scope "write": it has read, payment:*.')
  })

  test('know a role that carries no permission', () => {
    const shop = defineContract({ audience: 'shop-api', scopes: {}, permissions: { admin: [], clerk: ['order:read'] } })
    expect(shop.permissions).toEqual({ admin: [], clerk: ['order:read'] })
    expect(shop.role('admin').description).toEqual({ guard: 'role', name: 'admin' })
  })

  test.each(['boss', '', 'constructor', '__proto__'])('have no role %j, and name the roles that there are', (name) => {
    expect(() => orders.role(name as 'clerk')).toThrow(ConfigurationError)
    expect(() => orders.role(name as 'clerk')).toThrow(
      `the contract "orders-api" has no role ${JSON.stringify(name)}: it has clerk. Add it to permissions, with [] if it carries none.`,
    )
  })

  test('take any role where the contract lists none, and none where its list is empty', () => {
    expect(defineContract({ audience: 'a', scopes: {} }).role('boss').description).toEqual({ guard: 'role', name: 'boss' })
    const empty = defineContract({ audience: 'a', scopes: {}, permissions: {} })
    expect(() => empty.role('boss' as never)).toThrow('the contract "a" has no role "boss": it has none.')
  })

  test('work when taken apart from the contract', () => {
    const { scope, claim, role, permission, check, anyScope, subject } = orders
    expect(subject().equalsParam('id').description).toEqual({ guard: 'subject', is: 'equalsParam', param: 'id' })
    expect(scope('read').description).toEqual({ guard: 'scope', names: ['read'] })
    expect(scope('payment:*').equalsParam('id').description).toEqual({ guard: 'scopeParam', name: 'payment:*', param: 'id' })
    expect(anyScope('read', 'payment:7').description).toEqual({ guard: 'anyScope', names: ['read', 'payment:7'] })
    expect(claim('level').equals(1).description).toEqual({ guard: 'claim', path: 'level', is: 'equals', value: 1 })
    expect(role('clerk').description).toEqual({ guard: 'role', name: 'clerk' })
    expect(permission('order:read').description).toEqual({ guard: 'permission', name: 'order:read' })
    expect(check('open', () => true).description).toEqual({ guard: 'check', name: 'open' })
  })
})
