import { expect, test } from 'vitest'
import { parseParameters } from './parameters.js'

test('counts a parameter without a value as omitted, and names those that are repeated', () => {
  const { values, repeated } = parseParameters('a=1&b=&c=1&c=2')

  expect([...values]).toEqual([
    ['a', '1'],
    ['c', '2'],
  ])
  expect(repeated).toEqual(['c'])
})

test('lets resource and audience be repeated, and keeps all of their values', () => {
  const { values, repeated } = parseParameters('resource=https://a.example&resource=&resource=https://b.example&audience=a')

  expect(repeated).toEqual([])
  expect(values.all('resource')).toEqual(['https://a.example', 'https://b.example'])
  expect(values.all('audience')).toEqual(['a'])
  expect(values.get('resource')).toBe('https://a.example')
})

test('has no values for a parameter that is not there', () => {
  expect(parseParameters('').values.all('resource')).toEqual([])
})
