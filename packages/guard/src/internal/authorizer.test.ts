import { describe, expect, test, vi } from 'vitest'
import { common, context, forbidden, orders, principal, server, unavailable, verifier } from '../../test/orders-server.js'
import { check } from '../check-guard.js'
import { allOf, not } from '../combinators.js'
import type { Guard } from '../guard.js'
import { createResourceServer } from '../resource-server.js'
import { role } from '../role-guard.js'

describe('authorize', () => {
  test('allows, and hands on the same principal, without a promise', async () => {
    const who = await principal()
    const guard = server.guard(orders.scope('read'), orders.claim('account_nr').equalsParam('nr'), orders.permission('order:read'))
    const outcome = server.authorize(who, guard, context)
    expect(outcome).toEqual({ kind: 'allowed', principal: who })
    expect(outcome).toHaveProperty('principal', who)
  })

  test('answers 403 with the scopes of the operation to a token that lacks one', async () => {
    const guard = server.guard(orders.scope('read'), orders.role('clerk'), orders.scope('write'))
    expect(server.authorize(await principal(), guard, context)).toEqual({
      kind: 'refused',
      status: 403,
      headers: {
        ...common,
        'WWW-Authenticate':
          'Bearer realm="orders-api", error="insufficient_scope", error_description="The access token lacks a scope that this operation needs.", scope="read write"',
      },
      body: { error: 'insufficient_scope', error_description: 'The access token lacks a scope that this operation needs.' },
      code: 'insufficient_scope',
      reason: 'the token lacks the scope write',
    })
  })

  test('makes the headers of a denial once', async () => {
    const guard = server.guard(orders.scope('write'), orders.scope('read'))
    const who = await principal()
    const [first, second] = [server.authorize(who, guard, context), server.authorize(who, guard, context)]
    expect('headers' in first && 'headers' in second && first.headers === second.headers).toBe(true)
  })

  test.each([
    ['a role', role('manager'), 'the principal lacks the role manager'],
    ['a claim', orders.claim('account_nr').equals('7'), 'the claim "account_nr" has another value'],
    ['a check', orders.check('office hours', () => false), 'the check "office hours" said no'],
    [
      'a parameter that is not there',
      orders.claim('account_nr').equalsParam('id'),
      'the route has no path parameter "id" with a single value',
    ],
  ])('answers 403 to %s without naming it', async (_, guard, reason) => {
    expect(server.authorize(await principal(), guard, context)).toEqual({ kind: 'refused', ...forbidden, code: 'forbidden', reason })
  })

  test('answers 503 when a check fails, also where it is negated', async () => {
    const failing = check('pdp', () => Promise.reject(new Error('secret host 10.0.0.1')))
    for (const guard of [failing, not(failing), allOf(orders.scope('read'), failing)]) {
      const outcome = await server.authorize(await principal(), guard, context)
      expect(outcome).toEqual({ kind: 'refused', ...unavailable, code: 'unavailable', reason: 'the check "pdp" failed' })
    }
  })

  test('answers 503 when a check does not answer in time, and drops the late answer', async () => {
    let expire = (): void => {}
    let answer: (said: boolean) => void = () => {}
    const startTimer = vi.fn((callback: () => void) => {
      expire = callback
      return () => {}
    })
    const patient = createResourceServer({ verifier, contract: orders, authorizationTimeoutMs: 250, startTimer })
    const slow = check(
      'slow',
      () =>
        new Promise<boolean>((resolve) => {
          answer = resolve
        }),
    )
    const pending = patient.authorize(await principal(), not(slow), context)
    expect(startTimer).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 250)
    expire()
    answer(false)
    expect(await pending).toMatchObject({ status: 503, reason: 'no decision within 250 ms' })
  })

  test('cancels the timer when the check answers, and starts none without an asynchronous check', async () => {
    const cancel = vi.fn()
    const startTimer = vi.fn(() => cancel)
    const patient = createResourceServer({ verifier, contract: orders, startTimer })
    expect(patient.authorize(await principal(), patient.guard(), context)).toMatchObject({ kind: 'allowed' })
    expect(startTimer).not.toHaveBeenCalled()
    expect(
      await patient.authorize(
        await principal(),
        check('soon', async () => true),
        context,
      ),
    ).toMatchObject({ kind: 'allowed' })
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  test('answers 401 to an anonymous request, without an error in the challenge', () => {
    expect(server.authorize(undefined, server.guard(), context)).toMatchObject({
      kind: 'refused',
      status: 401,
      code: 'credentials_missing',
      headers: { 'WWW-Authenticate': 'Bearer realm="orders-api"' },
    })
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('boom')
      },
    ],
    ['rejects', () => Promise.reject(new Error('boom'))],
    ['gives nothing', () => undefined],
    ['gives true', () => true],
    ['gives nothing later', async () => undefined],
  ])('does not allow when a guard of your own %s', async (_, evaluate) => {
    const odd = { description: { guard: 'check', name: 'odd' }, evaluate } as unknown as Guard
    expect(await server.authorize(await principal(), odd, context)).toMatchObject({ status: 503 })
  })
})
