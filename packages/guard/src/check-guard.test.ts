import { describe, expect, test, vi } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import { thenable } from '../test/thenable.js'
import { check } from './check-guard.js'
import { not } from './combinators.js'

const principal = principalWith()
const request = requestWith({ nr: '42' })

describe('check', () => {
  test('asks the function about the principal and the request', () => {
    const decide = vi.fn(() => true)
    expect(check('open', decide).evaluate(principal, request)).toEqual({ kind: 'allowed' })
    expect(decide).toHaveBeenCalledExactlyOnceWith(principal, request)
  })

  test('denies with forbidden on false', () => {
    expect(check('open', () => false).evaluate(principal, request)).toEqual({
      kind: 'denied',
      code: 'forbidden',
      reason: 'the check "open" said no',
    })
  })

  test('answers with a promise only if the function did', async () => {
    expect(check('open', () => true).evaluate(principal, request)).not.toBeInstanceOf(Promise)
    const pending = check('open', async () => true).evaluate(principal, request)
    expect(pending).toBeInstanceOf(Promise)
    expect(await pending).toEqual({ kind: 'allowed' })
    expect(await check('open', async () => false).evaluate(principal, request)).toMatchObject({ kind: 'denied' })
  })

  test('cannot decide when the function throws or rejects, and keeps the cause', async () => {
    const cause = new Error('database down')
    const thrown = check('open', () => {
      throw cause
    })
    const rejected = check('open', () => Promise.reject(cause))
    const expected = { kind: 'undecided', reason: 'the check "open" failed', cause }
    expect(thrown.evaluate(principal, request)).toEqual(expected)
    expect(await rejected.evaluate(principal, request)).toEqual(expected)
    expect(not(thrown).evaluate(principal, request)).toEqual(expected)
    expect(await not(rejected).evaluate(principal, request)).toEqual(expected)
  })

  test.each([[1], ['true'], [undefined], [null], [{}], [[]], [0], ['']])('cannot decide on %j, which is no boolean', async (answer) => {
    const type = answer === null ? 'null' : typeof answer
    const expected = { kind: 'undecided', reason: `the check "open" answered with ${type}: return true or false` }
    const sync = check('open', () => answer as boolean)
    const async = check('open', async () => answer as boolean)
    expect(sync.evaluate(principal, request)).toEqual(expected)
    expect(await async.evaluate(principal, request)).toEqual(expected)
    expect(not(sync).evaluate(principal, request)).toEqual(expected)
    expect(await not(async).evaluate(principal, request)).toEqual(expected)
  })

  test('takes a thenable for a promise, and one whose `then` throws for a failure', async () => {
    const resolving = thenable({ value: (resolve: (answer: boolean) => void) => resolve(true) })
    expect(await check('open', () => resolving).evaluate(principal, request)).toEqual({ kind: 'allowed' })
    const fail = () => {
      throw new Error('no')
    }
    const unreadable = thenable({ get: fail })
    expect(check('open', () => unreadable).evaluate(principal, request)).toMatchObject({ kind: 'undecided' })
    const throwing = thenable({ value: fail })
    expect(await check('open', () => throwing).evaluate(principal, request)).toMatchObject({ kind: 'undecided' })
  })

  test('needs a name and a function', () => {
    expect(() => check('', () => true)).toThrow('check() needs a name')
    expect(() => check('open', true as unknown as () => boolean)).toThrow('needs a function')
  })
})
