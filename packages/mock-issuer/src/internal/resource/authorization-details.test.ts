import { expect, test } from 'vitest'
import { isSameDetail, parseAuthorizationDetails } from './authorization-details.js'

test('reads details with whatever members their type has', () => {
  const details = [
    { type: 'payment', instructedAmount: { currency: 'EUR', amount: '42.00' }, actions: ['initiate'], locations: ['https://a.example'] },
    { type: 'account', identifier: '42' },
  ]

  expect(parseAuthorizationDetails(JSON.stringify(details), undefined)).toEqual({ details })
  expect(parseAuthorizationDetails(JSON.stringify(details), new Set(['payment', 'account']))).toEqual({ details })
})

test.each([
  ['no JSON', '{'],
  ['an object', '{"type":"payment"}'],
  ['nothing', '[]'],
  ['no objects', '["payment"]'],
  ['null', '[null]'],
  ['a list in the list', '[[{"type":"payment"}]]'],
  ['no type', '[{}]'],
  ['an empty type', '[{"type":""}]'],
  ['a type that is no string', '[{"type":1}]'],
  ['a type that is inherited', '[{"__proto__":{"type":"payment"}}]'],
  ['locations that are no list', '[{"type":"payment","locations":"https://a.example"}]'],
  ['actions that are no strings', '[{"type":"payment","actions":[1]}]'],
  ['an identifier that is no string', '[{"type":"payment","identifier":1}]'],
  ['an unknown type', '[{"type":"payment"},{"type":"root"}]'],
  ['too many', JSON.stringify(Array.from({ length: 51 }, () => ({ type: 'payment' })))],
  ['too much', JSON.stringify([{ type: 'payment', text: 'x'.repeat(16_384) }])],
  ['too deep', `[{"type":"payment","x":${'['.repeat(11)}${']'.repeat(11)}}]`],
  ['much too deep', `[{"type":"payment","x":${'['.repeat(8_000)}${']'.repeat(8_000)}}]`],
])('refuses %s', (_, text) => {
  expect(parseAuthorizationDetails(text, new Set(['payment']))).toEqual({ problem: expect.any(String) })
})

test('tells whether two details say the same', () => {
  const detail = { type: 'payment', amount: { currency: 'EUR', value: '1' }, actions: ['a', 'b'] }

  expect(isSameDetail(detail, { actions: ['a', 'b'], amount: { value: '1', currency: 'EUR' }, type: 'payment' })).toBe(true)
  expect(isSameDetail(detail, { ...detail, amount: { currency: 'EUR', value: '2' } })).toBe(false)
  expect(isSameDetail(detail, { ...detail, actions: ['b', 'a'] })).toBe(false)
})
