import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import type { Guard } from './guard.js'
import { anyScope, scope } from './scope-guard.js'

const decide = (guard: Guard, scopes: readonly string[], params = {}) => guard.evaluate(principalWith({ scopes }), requestWith(params))

describe('scope', () => {
  test('allows a principal with every listed scope, in any order', () => {
    expect(decide(scope('read', 'write'), ['other', 'write', 'read'])).toEqual({ kind: 'allowed' })
  })

  test('denies for want of scope, lists all that the operation needs, and says in private which one is missing', () => {
    expect(decide(scope('read', 'write'), ['read'])).toEqual({
      kind: 'denied',
      code: 'insufficient_scope',
      reason: 'the token lacks the scope write',
      scopes: ['read', 'write'],
    })
  })

  test('gives the same denial object each time, so that its answer can be kept with it', () => {
    const guard = scope('read')
    expect(decide(guard, [])).toBe(decide(guard, ['x']))
  })

  test.each(['READ', 'rea', 'reads', 'read ', 'read write'])('does not take %j for the scope read', (granted) => {
    expect(decide(scope('read'), [granted])).toMatchObject({ kind: 'denied' })
  })

  test.each(['__proto__', 'constructor', 'toString', 'length', '0'])('treats %s as a scope like any other', (name) => {
    expect(decide(scope(name), [])).toMatchObject({ kind: 'denied', scopes: [name] })
    expect(decide(scope(name), [name])).toEqual({ kind: 'allowed' })
  })

  test('finds one scope in 50,000', () => {
    const scopes = Array.from({ length: 50_000 }, (_, index) => `s${index}`)
    expect(decide(scope('s49999'), scopes)).toEqual({ kind: 'allowed' })
    expect(decide(scope('s50000'), scopes)).toMatchObject({ kind: 'denied' })
  })

  test('describes itself as frozen JSON data, without duplicates of its own', () => {
    const { description } = scope('read', 'payment:*')
    expect(JSON.parse(JSON.stringify(description))).toEqual({ guard: 'scope', names: ['read', 'payment:*'] })
    expect(Object.isFrozen(description)).toBe(true)
    expect(() => ((description as { guard: string }).guard = 'x')).toThrow(TypeError)
  })

  test('needs at least one name, and names that can be scopes', () => {
    const names: string[] = []
    expect(() => scope(...(names as [string]))).toThrow('scope() needs at least one scope name.')
    expect(() => scope('a b')).toThrow(ConfigurationError)
    expect(() => scope('orders*')).toThrow(ConfigurationError)
  })
})

describe('scope with a prefix scope', () => {
  test('requires a value, whichever it is', () => {
    expect(decide(scope('payment:*'), ['payment:123'])).toEqual({ kind: 'allowed' })
    expect(decide(scope('read', 'payment:*'), ['payment:123', 'read'])).toEqual({ kind: 'allowed' })
  })

  test.each(['payment:*', 'payment:', 'payment', 'payment:1*'])('takes %s in a token neither for a wildcard nor for a value', (granted) => {
    expect(decide(scope('payment:*'), [granted])).toMatchObject({ kind: 'denied', code: 'insufficient_scope' })
  })

  test('lists no scope in the challenge, since a client cannot ask for a star', () => {
    expect(decide(scope('payment:*'), [])).toMatchObject({ scopes: [] })
    expect(decide(scope('read', 'payment:*'), ['read'])).toMatchObject({ scopes: ['read'] })
  })

  test('requires the exact value when one is named', () => {
    expect(decide(scope('payment:123'), ['payment:123'])).toEqual({ kind: 'allowed' })
    expect(decide(scope('payment:123'), ['payment:1234', 'payment:*'])).toMatchObject({ kind: 'denied', scopes: ['payment:123'] })
  })
})

describe('equalsParam of a prefix scope', () => {
  const guard = scope('payment:*').equalsParam('id')

  test('allows the payment whose id is the value of the scope', () => {
    expect(decide(guard, ['payment:9', 'payment:123'], { id: '123' })).toEqual({ kind: 'allowed' })
  })

  test('denies another payment, and lists the scope that it needs', () => {
    expect(decide(guard, ['payment:9'], { id: '123' })).toEqual({
      kind: 'denied',
      code: 'insufficient_scope',
      reason: 'the token lacks the scope payment:* for the value of the path parameter "id"',
      scopes: ['payment:123'],
    })
  })

  test.each([
    ['*', 'payment:*'],
    ['12*', 'payment:12*'],
    ['', 'payment:'],
  ])('never lets the value %j through, not even if the token holds %s', (id, granted) => {
    expect(decide(guard, [granted], { id })).toMatchObject({ kind: 'denied' })
  })

  test.each(['a b', 'a"', 'a\\', 'ä', '\r\nSet-Cookie: x', 'x'.repeat(300), '*'])(
    'lists nothing for the value %j, which makes no scope to ask for',
    (id) => {
      expect(decide(guard, [], { id })).toMatchObject({ kind: 'denied', code: 'insufficient_scope', scopes: [] })
    },
  )

  test.each([[{}], [{ id: undefined }], [{ id: ['123'] }], [{ id: 123 }], [Object.create({ id: '123' })]])(
    'is misconfigured where the route has no such parameter: %j',
    (params) => {
      expect(decide(guard, ['payment:123'], params)).toMatchObject({ kind: 'denied', code: 'misconfigured' })
    },
  )

  test('describes itself', () => {
    expect(guard.description).toEqual({ guard: 'scopeParam', name: 'payment:*', param: 'id' })
  })

  test.each(['', ':id', 'a/b', 'a b'])('rejects %j as the name of a parameter', (name) => {
    expect(() => scope('payment:*').equalsParam(name)).toThrow('write "nr"')
  })
})

describe('anyScope', () => {
  test('allows a principal with one of the scopes', () => {
    expect(decide(anyScope('read', 'admin'), ['admin'])).toEqual({ kind: 'allowed' })
    expect(decide(anyScope('read', 'payment:*'), ['payment:1'])).toEqual({ kind: 'allowed' })
  })

  test('denies for want of scope and lists the first alone, because it is enough', () => {
    expect(decide(anyScope('read', 'admin'), ['x'])).toEqual({
      kind: 'denied',
      code: 'insufficient_scope',
      reason: 'the token has none of the scopes read, admin',
      scopes: ['read'],
    })
  })

  test('needs at least one name', () => {
    const names: string[] = []
    expect(() => anyScope(...(names as [string]))).toThrow('anyScope() needs at least one scope name.')
  })
})
