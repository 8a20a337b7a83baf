import { expect, test } from 'vitest'
import { allowsScope, parseScope } from './scope.js'

test('reads scope names separated by single spaces, each once', () => {
  expect(parseScope('orders_read payment:1 orders_read')).toEqual(['orders_read', 'payment:1'])
})

test.each(['', ' ', ' a', 'a ', 'a  b', 'a\tb', 'a"b', 'a\\b', 'é'])('does not take %j for a scope', (value) => {
  expect(parseScope(value)).toBe(undefined)
})

test.each([
  ['orders_read', 'orders_read', true],
  ['orders_read', 'orders_read_all', false],
  ['orders_read', 'Orders_read', false],
  ['payment:*', 'payment:123', true],
  ['payment:*', 'payment:', false],
  ['payment:*', 'payment:*', false],
  ['payment:*', 'payment:1*', false],
  ['payment:*', 'payments:1', false],
])('%s allows %s: %s', (declared, granted, allowed) => {
  expect(allowsScope(declared, granted)).toBe(allowed)
})
