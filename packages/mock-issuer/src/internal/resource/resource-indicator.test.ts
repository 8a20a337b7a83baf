import { expect, test } from 'vitest'
import { findResourceProblem, isResourceIndicator } from './resource-indicator.js'

test.each(['https://api.example.com', 'https://api.example.com/orders?tenant=1', 'urn:example:orders', 'http://[::1]:3000/'])(
  'takes the absolute URI %j',
  (uri) => {
    expect(isResourceIndicator(uri)).toBe(true)
  },
)

test.each([
  '',
  'orders',
  '/orders',
  '//api.example.com',
  'https://',
  'https://api.example.com/#',
  'https://api.example.com/#orders',
  ' https://api.example.com',
  'https://api.example.com/a b',
  'https://api.example.com/ö',
  `https://api.example.com/${'x'.repeat(2_048)}`,
])('takes no %j', (uri) => {
  expect(isResourceIndicator(uri)).toBe(false)
})

test('knows the resources that are listed, by their exact names', () => {
  const allowed = new Set(['https://api.example.com'])

  expect(findResourceProblem(['https://api.example.com'], allowed)).toBe(undefined)
  expect(findResourceProblem(['https://api.example.com/'], allowed)).toBe('There is no resource https://api.example.com/.')
})

test('takes no more than 20', () => {
  const many = Array.from({ length: 21 }, (_, index) => `urn:example:${index}`)

  expect(findResourceProblem(many.slice(1), undefined)).toBe(undefined)
  expect(findResourceProblem(many, undefined)).toBe('There are more than 20 resources.')
})
