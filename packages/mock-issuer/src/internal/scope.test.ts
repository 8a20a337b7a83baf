import { expect, test } from 'vitest'
import { parseScope } from './scope.js'

test('reads scope names separated by single spaces, each once', () => {
  expect(parseScope('orders_read payment:1 orders_read')).toEqual(['orders_read', 'payment:1'])
})

test.each(['', ' ', ' a', 'a ', 'a  b', 'a\tb', 'a"b', 'a\\b', 'é'])('does not take %j for a scope', (value) => {
  expect(parseScope(value)).toBe(undefined)
})
