import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { hasPrefixValue, parsePrefixScope } from './prefix-scope.js'

describe('parsePrefixScope', () => {
  test.each([
    ['payment:*', 'payment:'],
    ['urn:example:consent/*', 'urn:example:consent/'],
    ['tx-*', 'tx-'],
    ['__proto__:*', '__proto__:'],
  ])('reads %s as the prefix %s', (name, prefix) => {
    expect(parsePrefixScope(name)).toBe(prefix)
  })

  test.each(['orders_read', 'payment:123', 'payment:', 'constructor', '__proto__'])('reads %s as a scope without a star', (name) => {
    expect(parsePrefixScope(name)).toBeUndefined()
  })

  test.each(['*', ':*', 'orders*', 'a:*:b', 'a:**', '*:a', 'a*:', 'a:*b'])('rejects the star in %s and shows how to write it', (name) => {
    expect(() => parsePrefixScope(name)).toThrow(ConfigurationError)
    expect(() => parsePrefixScope(name)).toThrow('such as "payment:*"')
  })

  test.each(['', 'a b', 'a"b', 'a\\b', 'a\tb', 'a\u0000', 'ä', 'a\n'])('rejects %j, which is no scope by the grammar', (name) => {
    expect(() => parsePrefixScope(name)).toThrow('RFC 6749 §3.3')
  })
})

describe('hasPrefixValue', () => {
  test('accepts a value behind the prefix', () => {
    expect(hasPrefixValue('payment:123', 'payment:')).toBe(true)
  })

  test.each(['payment:', 'payment:*', 'payment:12*', 'payment:*3', 'Payment:123', 'xpayment:123', 'payment'])(
    'accepts neither %s nor anything like it',
    (scope) => {
      expect(hasPrefixValue(scope, 'payment:')).toBe(false)
    },
  )
})
