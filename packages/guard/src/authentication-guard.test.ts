import { describe, expect, test } from 'vitest'
import { context, orders, server } from '../test/orders-server.js'
import { principalWith, requestWith } from '../test/principal.js'
import { acr, maxAuthenticationAge } from './authentication-guard.js'
import { allOf, anyOf, not } from './combinators.js'
import { role } from './role-guard.js'

const now = () => 1_700_000_000_000
const recent = maxAuthenticationAge(300, { now })

describe('acr', () => {
  test('allows a login with one of the classes, compared exactly', () => {
    expect(acr('mfa', 'hwk').evaluate(principalWith({ acr: 'hwk' }), requestWith())).toEqual({ kind: 'allowed' })
    for (const other of ['MFA', 'mfa hwk', undefined]) {
      expect(acr('mfa', 'hwk').evaluate(principalWith({ acr: other }), requestWith())).toEqual({
        kind: 'denied',
        code: 'insufficient_user_authentication',
        reason: 'the user logged in with none of the required authentication contexts',
        stepUp: { acrValues: ['mfa', 'hwk'] },
      })
    }
  })

  test.each([[], [''], ['a b'], ['a"b'], ['a\r\nb']])('rejects the values %j', (...values) => {
    expect(() => acr(...(values as [string]))).toThrow(/at least one value|cannot be listed/)
  })
})

describe('maxAuthenticationAge', () => {
  test.each([
    [1_700_000_000, 'allowed'],
    [1_699_999_700, 'allowed'],
    [1_699_999_699, 'denied'],
    [1_700_000_060, 'allowed'],
    [1_700_000_061, 'denied'],
    [4_070_908_800, 'denied'],
    [undefined, 'denied'],
  ])('of 300 seconds decides on a login at %s: %s', (authenticatedAt, kind) => {
    expect(recent.evaluate(principalWith({ authenticatedAt }), requestWith())).toMatchObject({ kind })
  })

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 31_536_001])('rejects %s seconds', (seconds) => {
    expect(() => maxAuthenticationAge(seconds)).toThrow('a whole number of seconds')
  })
})

describe('together', () => {
  test('they are asked for at once, with the strictest age', () => {
    const guard = allOf(role('clerk'), acr('mfa'), maxAuthenticationAge(600, { now }), allOf(recent))
    const clerk = { roles: ['clerk'] }
    const both = { code: 'insufficient_user_authentication', stepUp: { acrValues: ['mfa'], maxAgeSeconds: 300 } }
    expect(guard.evaluate(principalWith(clerk), requestWith())).toMatchObject(both)
    expect(guard.evaluate(principalWith({ ...clerk, acr: 'mfa' }), requestWith())).toMatchObject(both)
    expect(guard.evaluate(principalWith(), requestWith())).toMatchObject({ code: 'forbidden' })
  })

  test('an alternative that another login would satisfy decides on the challenge', () => {
    expect(anyOf(role('admin'), acr('mfa')).evaluate(principalWith(), requestWith())).toMatchObject({ stepUp: { acrValues: ['mfa'] } })
    expect(not(acr('mfa')).evaluate(principalWith(), requestWith())).toEqual({ kind: 'allowed' })
  })

  test('they are answered with 401 and the challenge of RFC 9470', () => {
    const john = principalWith({ claims: {} }) as Parameters<typeof server.authorize>[0]
    const outcome = server.authorize(john, server.guard(acr('mfa', 'hwk'), recent, orders.role('clerk')), context)
    expect(outcome).toMatchObject({
      status: 401,
      code: 'insufficient_user_authentication',
      headers: {
        'WWW-Authenticate':
          'Bearer realm="orders-api", error="insufficient_user_authentication", error_description="This operation needs a stronger or more recent login.", acr_values="mfa hwk", max_age="300"',
      },
      body: { error: 'insufficient_user_authentication', error_description: 'This operation needs a stronger or more recent login.' },
    })
  })
})
