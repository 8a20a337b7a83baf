import { expect, test } from 'vitest'
import { createAllowedScopes } from './allowed-scopes.js'

test.each([
  [['orders_read'], 'orders_read', true],
  [['orders_read'], 'orders', false],
  [['orders_read'], 'orders_read_all', false],
  [['orders_read'], 'Orders_read', false],
  [['payment:*'], 'payment:123', true],
  [['payment:*'], 'payment:', false],
  [['payment:*'], 'payment:*', false],
  [['payment:*'], 'payment:1*', false],
  [['payment:*'], 'payments:1', false],
  [['payment', 'pay*', 'payment:x*'], 'payment:x1', true],
  [['*'], 'anything', true],
  [['*'], '*', false],
  [[], 'orders_read', false],
])('of %j, %j is allowed: %s', (declared, scope, expected) => {
  expect(createAllowedScopes(declared).allows(scope)).toBe(expected)
})

test.each([
  [['payment:*', 'payment:1'], 'payment:1', 'payment:*'],
  [['payment:1', 'payment:*'], 'payment:1', 'payment:1'],
  [['*', 'pay*', 'payment:*'], 'payment:1', '*'],
  [['payment:*', 'pay*'], 'payment:1', 'payment:*'],
  [['a*b'], 'a*b', 'a*b'],
  [['payment:*'], 'refund:1', undefined],
])('of %j, the first that allows %j is %s', (declared, scope, expected) => {
  expect(createAllowedScopes(declared).find(scope)).toBe(expected)
})

test('looks scopes up in time that grows with their number alone', () => {
  const names = (suffix: string): readonly string[] => Array.from({ length: 30_000 }, (_, index) => `s${index}${suffix}`)
  const start = performance.now()
  const allowed = createAllowedScopes([...names(''), ...names(':*')])

  expect(names('x').filter(allowed.allows)).toEqual([])
  expect(names(':1').filter(allowed.allows)).toHaveLength(30_000)
  expect(performance.now() - start).toBeLessThan(2_000)
})
