import { describe, expect, test, vi } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import { check } from './check-guard.js'
import { claim } from './claim-guard.js'
import { allOf, anyOf, not } from './combinators.js'
import type { Guard } from './guard.js'
import { role } from './role-guard.js'
import { anyScope, scope } from './scope-guard.js'

const decide = (guard: Guard, scopes: readonly string[] = [], params = {}) => guard.evaluate(principalWith({ scopes }), requestWith(params))
const yes = check('yes', () => true)
const no = check('no', () => false)
const unsure = check('unsure', () => {
  throw new Error('down')
})
const lost = claim('account_nr').equalsParam('missing')
const later = (guard: Guard): Guard => check('later', async () => (await decide(guard)).kind === 'allowed')
const undecided = { kind: 'undecided' }

describe('allOf', () => {
  test('allows when every guard does, and does not ask on after the first that does not', () => {
    const never = vi.fn(() => true)
    expect(decide(allOf(yes, yes))).toEqual({ kind: 'allowed' })
    expect(decide(allOf(yes, no, check('never', never)))).toMatchObject({ kind: 'denied', reason: 'the check "no" said no' })
    expect(never).not.toHaveBeenCalled()
  })

  test('makes no promise without an asynchronous check, and goes on in order after one', async () => {
    expect(decide(allOf(yes, scope('read')), ['read'])).toEqual({ kind: 'allowed' })
    expect(await decide(allOf(yes, later(yes), yes))).toEqual({ kind: 'allowed' })
    expect(await decide(allOf(later(yes), no))).toMatchObject({ reason: 'the check "no" said no' })
    expect(await decide(allOf(later(no), yes))).toMatchObject({ reason: 'the check "later" said no' })
    expect(await decide(allOf(later(yes), later(yes), scope('read')))).toMatchObject({ code: 'insufficient_scope' })
  })

  test('lists the scopes that all of its guards need when one of them lacks scope', () => {
    const guard = allOf(scope('a'), role('clerk'), allOf(scope('b', 'a')), scope('c', 'payment:*'))
    expect(decide(guard, [])).toMatchObject({ code: 'insufficient_scope', scopes: ['a', 'b', 'c'] })
    const inner = allOf(scope('a'), allOf(yes, scope('b')), scope('c'))
    expect(decide(inner, ['a'])).toMatchObject({ code: 'insufficient_scope', scopes: ['a', 'b', 'c'] })
  })

  test('lists an alternative only when it is the alternative that failed', () => {
    const guard = allOf(scope('a'), anyScope('b', 'c'), anyOf(scope('d'), role('admin')))
    expect(decide(guard, [])).toMatchObject({ scopes: ['a'] })
    expect(decide(guard, ['a'])).toMatchObject({ scopes: ['a', 'b'] })
    expect(decide(guard, ['a', 'c'])).toMatchObject({ scopes: ['a', 'd'] })
  })

  test('lists the value that a prefix scope lacks beside the other scopes', () => {
    const guard = allOf(scope('a'), scope('payment:*').equalsParam('id'), scope('b'))
    expect(decide(guard, ['a'], { id: '7' })).toMatchObject({ code: 'insufficient_scope', scopes: ['a', 'payment:7', 'b'] })
  })

  test('gives the same list of scopes each time, so that the challenge can be kept with it', () => {
    const guard = allOf(scope('a'), scope('b'))
    const first = decide(guard)
    const second = decide(guard)
    expect('scopes' in first && 'scopes' in second && first.scopes === second.scopes).toBe(true)
  })

  test('lists no scopes when the denial is not for want of scope', () => {
    expect(decide(allOf(scope('a'), role('clerk')), ['a'])).toEqual({
      kind: 'denied',
      code: 'forbidden',
      reason: 'the principal lacks the role clerk',
    })
  })

  test('needs guards, and nothing but guards', () => {
    const none: Guard[] = []
    expect(() => allOf(...(none as [Guard]))).toThrow('allOf() needs at least one guard.')
    expect(() => allOf((() => true) as unknown as Guard)).toThrow('wrap a function in check(')
    expect(() => not(undefined as unknown as Guard)).toThrow('not() takes guards')
  })
})

describe('anyOf', () => {
  test('allows when one guard does, and does not ask on after it', () => {
    const never = vi.fn(() => true)
    expect(decide(anyOf(no, yes, check('never', never)))).toEqual({ kind: 'allowed' })
    expect(never).not.toHaveBeenCalled()
  })

  test('denies as the first alternative that more scope would satisfy, and gives all reasons in private', () => {
    expect(decide(anyOf(role('admin'), scope('a', 'b'), scope('c')))).toEqual({
      kind: 'denied',
      code: 'insufficient_scope',
      reason: 'no alternative is satisfied: the principal lacks the role admin; the token lacks the scope a; the token lacks the scope c',
      scopes: ['a', 'b'],
    })
  })

  test('denies with forbidden where no scope would help', () => {
    expect(decide(anyOf(role('admin'), no))).toMatchObject({ kind: 'denied', code: 'forbidden' })
    expect(decide(anyOf(no))).not.toHaveProperty('scopes')
  })

  test('allows in spite of a guard that cannot decide, and cannot decide if it was the last hope', async () => {
    expect(decide(anyOf(unsure, yes))).toEqual({ kind: 'allowed' })
    expect(decide(anyOf(unsure, no))).toMatchObject(undecided)
    expect(decide(anyOf(no, unsure))).toMatchObject(undecided)
    expect(await decide(anyOf(later(no), unsure, later(no)))).toMatchObject(undecided)
  })

  test('goes on in order after an asynchronous check', async () => {
    expect(await decide(anyOf(later(no), yes))).toEqual({ kind: 'allowed' })
    expect(await decide(anyOf(later(no), later(yes)))).toEqual({ kind: 'allowed' })
    expect(await decide(anyOf(later(no), scope('a')))).toMatchObject({ code: 'insufficient_scope', scopes: ['a'] })
  })

  test('does not mix up two requests that are decided at the same time', async () => {
    const guard = anyOf(later(no), scope('a'))
    const [first, second] = await Promise.all([decide(guard, ['a']), decide(guard, [])])
    expect(first).toEqual({ kind: 'allowed' })
    expect(second).toMatchObject({ kind: 'denied' })
  })
})

describe('not', () => {
  test('takes nothing for a "no" that is no decision, through anyOf neither', () => {
    const foreign = { ...check('foreign', () => true), evaluate: () => ({ kind: 'maybe' }) as never }
    expect(decide(not(anyOf(foreign)))).toMatchObject(undecided)
    expect(decide(not(anyOf(no, foreign)))).toMatchObject(undecided)
  })

  test('turns yes into no and no into yes', async () => {
    expect(decide(not(yes))).toEqual({ kind: 'denied', code: 'forbidden', reason: 'the negated guard is satisfied' })
    expect(decide(not(no))).toEqual({ kind: 'allowed' })
    expect(decide(not(scope('a')))).toEqual({ kind: 'allowed' })
    expect(await decide(not(later(yes)))).toMatchObject({ kind: 'denied' })
    expect(await decide(not(later(no)))).toEqual({ kind: 'allowed' })
    expect(decide(not(not(yes)))).toEqual({ kind: 'allowed' })
  })

  test('never turns an outage into an answer', () => {
    expect(decide(not(unsure))).toMatchObject(undecided)
    expect(decide(not(not(unsure)))).toMatchObject(undecided)
    expect(decide(not(anyOf(no, unsure)))).toMatchObject(undecided)
    expect(decide(not(allOf(yes, unsure)))).toMatchObject(undecided)
  })

  test('never turns a misconfigured guard into an "allow", wherever it stands', () => {
    const misconfigured = { kind: 'denied', code: 'misconfigured' }
    expect(decide(not(lost))).toMatchObject(misconfigured)
    expect(decide(not(not(lost)))).toMatchObject(misconfigured)
    expect(decide(not(anyOf(scope('a'), lost)))).toMatchObject(misconfigured)
    expect(decide(not(allOf(yes, lost)))).toMatchObject(misconfigured)
    expect(decide(not(scope('payment:*').equalsParam('missing')), ['payment:1'])).toMatchObject(misconfigured)
  })
})

test('a combination describes itself by its parts, as JSON data', () => {
  const guard = allOf(scope('a'), anyOf(role('clerk'), not(claim('level').equals('basic'))))
  expect(JSON.parse(JSON.stringify(guard.description))).toEqual({
    guard: 'allOf',
    guards: [
      { guard: 'scope', names: ['a'] },
      {
        guard: 'anyOf',
        guards: [
          { guard: 'role', name: 'clerk' },
          { guard: 'not', negated: { guard: 'claim', path: 'level', is: 'equals', value: 'basic' } },
        ],
      },
    ],
  })
  expect(Object.isFrozen(guard)).toBe(true)
})
