import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from './error.js'
import { formatScope, isScope, parseScope } from './scope.js'

describe('parseScope', () => {
  it('reads a space-delimited string, keeps the order and removes duplicates', () => {
    expect(parseScope('orders_read orders_write orders_read openid')).toEqual(['orders_read', 'orders_write', 'openid'])
  })

  it('reads the array that some servers issue', () => {
    expect(parseScope(['orders_read', 'openid', 'openid'])).toEqual(['orders_read', 'openid'])
  })

  it('does not care for extra spaces', () => {
    expect(parseScope('  orders_read   openid ')).toEqual(['orders_read', 'openid'])
  })

  it.each([undefined, null, '', ' ', 1, true, {}, { 0: 'admin', length: 1 }, [[]], [['admin']], [null, 7, {}]])(
    'finds nothing in %j',
    (value) => {
      expect(parseScope(value)).toEqual([])
    },
  )

  it.each([
    ['a tab', 'orders_read\tadmin'],
    ['a line break', 'orders_read\nadmin'],
    ['a quote', 'adm"in'],
    ['a backslash', 'adm\\in'],
    ['a no-break space', 'orders_read\u00a0admin'],
    ['a letter beyond ASCII', 'аdmin'],
    ['a zero', 'admin\0'],
    ['a delete character', 'admin\x7f'],
  ])('drops an entry with %s and keeps the others', (_, entry) => {
    expect(parseScope(`openid ${entry} email`)).toEqual(['openid', 'email'])
    expect(parseScope(['openid', entry, 'email'])).toEqual(['openid', 'email'])
  })

  it('does not take an array entry with a space in it for two scopes', () => {
    expect(parseScope(['orders_read admin', 'openid'])).toEqual(['openid'])
  })

  it('does not split at commas, which may be part of a scope', () => {
    expect(parseScope('read,write')).toEqual(['read,write'])
  })

  it('gives names of object members no meaning', () => {
    expect(parseScope('__proto__ constructor')).toEqual(['__proto__', 'constructor'])
  })

  it('grants nothing when there are over 1,000 entries', () => {
    const scopes = Array.from({ length: 1000 }, (_, index) => `s${index}`)
    expect(parseScope(scopes)).toEqual(scopes)
    expect(parseScope(scopes.join(' '))).toEqual(scopes)
    expect(parseScope([...scopes, 'one_more'])).toEqual([])
    expect(parseScope([...scopes, 'one_more'].join(' '))).toEqual([])
    expect(parseScope(Array.from({ length: 1001 }, () => 'same'))).toEqual([])
  })

  it('grants nothing when there are over 65,536 characters', () => {
    const long = 'a'.repeat(65_536)
    expect(parseScope(long)).toEqual([long])
    expect(parseScope([long])).toEqual([long])
    expect(parseScope(`${long}b`)).toEqual([])
    expect(parseScope([long, 'b'])).toEqual([])
    expect(parseScope(['b', long])).toEqual([])
  })

  it('reads back what formatScope writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme-ascii' }).filter(isScope)), (scopes) => {
        expect(parseScope(formatScope(scopes))).toEqual(scopes)
      }),
    )
  })

  it('only ever gives distinct scopes that follow the grammar', () => {
    const words = fc.array(fc.constantFrom('openid', 'orders_read', 'a"b', 'é', '', '\t'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((list) => list.join(' ')),
          words,
          fc.array(fc.anything()),
        ),
        (value) => {
          const scopes = parseScope(value)
          expect(scopes.filter(isScope)).toEqual([...new Set(scopes)])
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('formatScope', () => {
  it('joins scopes by spaces, without duplicates', () => {
    expect(formatScope(['openid', 'orders_read', 'openid'])).toBe('openid orders_read')
    expect(formatScope(new Set(['payment:123']))).toBe('payment:123')
    expect(formatScope([])).toBe('')
  })

  it.each(['', 'a b', 'a"b', 'a\\b', 'a\r\nSet-Cookie: x=1', 'é'])('refuses %j, naming it', (scope) => {
    expect(() => formatScope(['openid', scope])).toThrow(ConfigurationError)
    expect(() => formatScope(['openid', scope])).toThrow(JSON.stringify(scope))
  })
})
