import { describe, expect, test } from 'vitest'
import { parseClaimPath } from './claim-path.js'

const read = (path: string, claims: unknown) => parseClaimPath(path).read(claims)

describe('parseClaimPath', () => {
  test('reads a claim by its name', () => {
    expect(read('account_nr', { account_nr: '42' })).toBe('42')
  })

  test('follows dots through nested objects', () => {
    expect(read('realm_access.roles', { realm_access: { roles: ['clerk'] } })).toEqual(['clerk'])
    expect(read('a.b.c', { a: { b: { c: false } } })).toBe(false)
  })

  test('takes a claim of the whole name first, dots and all', () => {
    const claims = { 'https://example.com/roles': ['clerk'], 'https://example': { 'com/roles': ['admin'] } }
    expect(read('https://example.com/roles', claims)).toEqual(['clerk'])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a.constructor', 'a.__proto__.polluted', 'constructor.name'])(
    'does not find %s, which the claims inherit',
    (path) => {
      expect(read(path, { a: {} })).toBeUndefined()
    },
  )

  test('finds an own member of that name, as JSON.parse makes it', () => {
    expect(read('__proto__', JSON.parse('{"__proto__":"x"}'))).toBe('x')
    expect(read('a.constructor', { a: { constructor: 'x' } })).toBe('x')
  })

  test.each([[null], [undefined], ['text'], [5], [['a']]])('finds nothing in %j', (claims) => {
    expect(read('length', claims)).toBeUndefined()
    expect(read('0', claims)).toBeUndefined()
    expect(read('a.b', claims)).toBeUndefined()
  })

  test('does not descend into arrays and strings', () => {
    expect(read('roles.0', { roles: ['admin'] })).toBeUndefined()
    expect(read('roles.length', { roles: ['admin'] })).toBeUndefined()
    expect(read('name.length', { name: 'john' })).toBeUndefined()
  })

  test('rejects an empty path', () => {
    expect(() => parseClaimPath('')).toThrow('"realm_access.roles"')
  })
})
