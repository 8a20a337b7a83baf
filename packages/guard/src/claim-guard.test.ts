import { describe, expect, test } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import { claim } from './claim-guard.js'
import type { Guard } from './guard.js'

const decide = (guard: Guard, claims: Record<string, unknown>, params = {}) =>
  guard.evaluate(principalWith({ claims }), requestWith(params))
const allowed = { kind: 'allowed' }

describe('equals', () => {
  test('allows the exact value', () => {
    expect(decide(claim('level').equals('gold'), { level: 'gold' })).toEqual(allowed)
    expect(decide(claim('age').equals(42), { age: 42 })).toEqual(allowed)
    expect(decide(claim('verified').equals(true), { verified: true })).toEqual(allowed)
    expect(decide(claim('address.country').equals('SE'), { address: { country: 'SE' } })).toEqual(allowed)
  })

  test.each([
    ['true', true],
    [1, true],
    ['42', 42],
    [['gold'], 'gold'],
    ['Gold', 'gold'],
    [{ toString: () => 'gold' }, 'gold'],
    [Number.NaN, 1],
  ])('does not take %j for %j', (actual, expected) => {
    expect(decide(claim('c').equals(expected), { c: actual })).toEqual({
      kind: 'denied',
      code: 'forbidden',
      reason: 'the claim "c" has another value',
    })
  })

  test.each([[{}], [{ c: null }], [{ c: undefined }]])('denies an absent claim: %j', (claims) => {
    expect(decide(claim('c').equals('x'), claims)).toEqual({ kind: 'denied', code: 'forbidden', reason: 'the claim "c" is absent' })
  })

  test('does not put the value of a claim into the reason', () => {
    expect(JSON.stringify(decide(claim('c').equals('x'), { c: 'secret-value' }))).not.toContain('secret-value')
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], [{}], [null], [undefined], [10n]])('cannot be made for %s', (value) => {
    expect(() => claim('c').equals(value as string)).toThrow('JSON can hold exactly')
  })
})

describe('oneOf', () => {
  test('allows each listed value and no other', () => {
    const guard = claim('level').oneOf('gold', 'silver')
    expect(decide(guard, { level: 'silver' })).toEqual(allowed)
    expect(decide(guard, { level: 'bronze' })).toMatchObject({ kind: 'denied', code: 'forbidden' })
    expect(decide(guard, { level: ['gold'] })).toMatchObject({ kind: 'denied' })
    expect(guard.description).toEqual({ guard: 'claim', path: 'level', is: 'oneOf', values: ['gold', 'silver'] })
  })

  test('needs a value', () => {
    const none: string[] = []
    expect(() => claim('level').oneOf(...(none as [string]))).toThrow('at least one value')
  })
})

describe('includes', () => {
  test('allows an array with the value', () => {
    expect(decide(claim('groups').includes('staff'), { groups: ['x', 'staff'] })).toEqual(allowed)
  })

  test.each([['staff'], ['staff member'], [{ 0: 'staff', length: 1 }], [['staffs']], [[['staff']]], [[]]])('denies %j', (groups) => {
    expect(decide(claim('groups').includes('staff'), { groups })).toMatchObject({ kind: 'denied', code: 'forbidden' })
  })
})

describe('equalsParam', () => {
  const guard = claim('account_nr').equalsParam('nr')

  test('allows the account of the token', () => {
    expect(decide(guard, { account_nr: '42' }, { nr: '42' })).toEqual(allowed)
  })

  test('compares a number by its decimal digits', () => {
    expect(decide(guard, { account_nr: 42 }, { nr: '42' })).toEqual(allowed)
    for (const nr of ['042', '42.0', '4.2e1', '+42', ' 42', '0x2a']) {
      expect(decide(guard, { account_nr: 42 }, { nr })).toMatchObject({ kind: 'denied', code: 'forbidden' })
    }
  })

  test('denies a number that may have been rounded to that of another account', () => {
    const claims = JSON.parse('{"account_nr": 9007199254740993}') as Record<string, unknown>
    expect(decide(guard, claims, { nr: '9007199254740992' })).toMatchObject({ kind: 'denied', code: 'forbidden' })
    expect(decide(guard, { account_nr: 1e21 }, { nr: '1e+21' })).toMatchObject({ kind: 'denied' })
    expect(decide(guard, { account_nr: 1.5 }, { nr: '1.5' })).toMatchObject({ kind: 'denied' })
  })

  test.each([
    ['42', '43'],
    ['42', '42 '],
    ['é', 'e\u0301'],
    ['A', 'a'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [['42'], '42'],
    [{ toString: () => '42' }, '42'],
    ['', ''],
  ])('does not take the claim %j for the parameter %j', (account, nr) => {
    expect(decide(guard, { account_nr: account }, { nr })).toMatchObject({ kind: 'denied' })
  })

  test.each([[{}], [{ nr: undefined }], [{ nr: ['42'] }], [{ nr: '' }], [Object.create({ nr: '42' })]])(
    'is misconfigured where the route has no such parameter: %j',
    (params) => {
      expect(decide(guard, { account_nr: '42' }, params)).toEqual({
        kind: 'denied',
        code: 'misconfigured',
        reason: 'the route has no path parameter "nr" with a single value',
      })
    },
  )

  test('does not find a parameter that the object of parameters inherits', () => {
    expect(decide(claim('c').equalsParam('constructor'), { c: 'x' }, {})).toMatchObject({ code: 'misconfigured' })
    expect(decide(claim('c').equalsParam('__proto__'), { c: 'x' }, {})).toMatchObject({ code: 'misconfigured' })
  })
})

describe('includesParam', () => {
  const guard = claim('accounts').includesParam('nr')

  test('allows one of the accounts of the token, as string or number', () => {
    expect(decide(guard, { accounts: ['1', '42'] }, { nr: '42' })).toEqual(allowed)
    expect(decide(guard, { accounts: [1, 42] }, { nr: '42' })).toEqual(allowed)
  })

  test.each([['42'], [[['42']]], [[]], [{ 0: '42' }], [undefined]])('denies %j', (accounts) => {
    expect(decide(guard, { accounts }, { nr: '42' })).toMatchObject({ kind: 'denied', code: 'forbidden' })
  })
})

describe('matches', () => {
  test('gives the same answer each time, and keeps to the pattern it was given', () => {
    const pattern = /^4/
    const guard = claim('nr').matches(pattern)
    pattern.lastIndex = 5
    for (let round = 0; round < 3; round++) {
      expect(decide(guard, { nr: '42' })).toEqual(allowed)
      expect(decide(guard, { nr: '24' })).toMatchObject({ kind: 'denied', code: 'forbidden' })
    }
    expect(guard.description).toEqual({ guard: 'claim', path: 'nr', is: 'matches', source: '^4', flags: '' })
  })

  test.each([/a/g, /a/y, /a/gi, /a/d])('rejects %s, whose answer would depend on the one before', (pattern) => {
    expect(() => claim('nr').matches(pattern)).toThrow('leave out the flags')
  })

  test.each([[42], [['42']], [{ toString: () => '42' }], ['4'.repeat(4097)]])('does not match %j', (nr) => {
    expect(decide(claim('nr').matches(/4/), { nr })).toMatchObject({ kind: 'denied' })
  })
})
