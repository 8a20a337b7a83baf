import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { context, orders, principal, server, verifier } from '../../test/orders-server.js'
import { requestFor } from '../../test/verifiers.js'
import { allOf, anyOf, not } from '../combinators.js'
import { defineContract } from '../contract.js'
import { allowed, type Decision, denied } from '../decision.js'
import type { Guard } from '../guard.js'
import { createResourceServer } from '../resource-server.js'

/** What an `async` function gives where an application has replaced the global `Promise`: thenable, and no instance of it. */
function later<Value>(value: Value): Promise<Value> {
  // oxlint-disable-next-line unicorn/no-thenable
  return { then: (use: (value: Value) => unknown) => queueMicrotask(() => use(value)) } as unknown as Promise<Value>
}

const says = (decision: Decision): Guard => ({ description: { guard: 'check', name: 'x' }, evaluate: () => later(decision) })
const no = says(denied('forbidden', 'no'))
const yes = says(allowed)

describe('a guard that answers with a promise of another kind', () => {
  test.each<[string, Guard, string]>([
    ['no', no, 'refused'],
    ['yes', yes, 'allowed'],
    ['allOf(yes, no)', allOf(yes, no), 'refused'],
    ['allOf(yes, yes)', allOf(yes, yes), 'allowed'],
    ['anyOf(no, no)', anyOf(no, no), 'refused'],
    ['anyOf(no, yes)', anyOf(no, yes), 'allowed'],
    ['not(yes)', not(yes), 'refused'],
    ['not(no)', not(no), 'allowed'],
  ])('is waited for: %s', async (_, guard, kind) => {
    expect(await server.authorize(await principal(), guard, context)).toMatchObject({ kind })
  })
})

describe('a contract that reads later, with a promise of another kind', () => {
  const reading = (value: unknown) => createResourceServer({ verifier, contract: { ...orders, read: () => later(value) as never } })

  test('is waited for', async () => {
    const found = { kind: 'principal', principal: await principal() }
    expect(await reading(found).authenticate(requestFor('Bearer good'))).toEqual({ kind: 'authenticated', principal: found.principal })
  })

  test.each([[undefined], [{}], [{ principal: { sub: 'mallory' } }], [{ kind: 'authenticated' }]])(
    'and gives %j, which is no reading, lets nobody in',
    async (value) => {
      expect(await reading(value).authenticate(requestFor('Bearer good'))).toMatchObject({ kind: 'refused', status: 503 })
    },
  )
})

describe('a schema', () => {
  const schema = (result: unknown) => ({ '~standard': { version: 1, vendor: 'ours', validate: () => result as never } }) as const
  const serverOf = (result: unknown) =>
    createResourceServer({ verifier, contract: defineContract({ audience: 'orders-api', claims: schema(result), scopes: {} }) })

  test('that answers with a promise of another kind is waited for', async () => {
    const accepting = serverOf(later({ value: { account_nr: '42' } }))
    const rejecting = serverOf(later({ issues: [{ message: 'no', path: ['account_nr'] }] }))
    expect(await accepting.authenticate(requestFor('Bearer good'))).toMatchObject({ principal: { claims: { account_nr: '42' } } })
    expect(await rejecting.authenticate(requestFor('Bearer good'))).toMatchObject({ status: 403, code: 'contract_broken' })
  })

  test.each([[undefined], [{}], [true], [later({})]])('that answers with %j, which is no result, lets nobody in', async (result) => {
    const outcome = await serverOf(result).authenticate(requestFor('Bearer good'))
    expect(outcome).toMatchObject({ status: 503, reason: 'the token could not be read as the contract' })
  })
})

describe('a verifier of an application', () => {
  const authenticate = (custom: unknown, authorization = 'Bearer forged') =>
    createResourceServer({ verifier: custom as AccessTokenVerifier, contract: orders }).authenticate(requestFor(authorization))

  test.each([[undefined], [null], [true], ['token'], [{}], [[]], [{ issuer: 'https://login.example.com', expiresAt: 1 }]])(
    'that hands over %j, which is no verified token, lets nobody in',
    async (given) => {
      const refused = { kind: 'refused', status: 503, code: 'unavailable', reason: 'the verifier gave no verified token' }
      expect(await authenticate({ verify: async () => given })).toMatchObject(refused)
      expect(await authenticate({ verify: async () => given, recall: () => given })).toMatchObject(refused)
      expect(await authenticate({ verify: () => later(given) })).toMatchObject(refused)
    },
  )

  test('that hands over something that throws when it is looked at lets nobody in', async () => {
    const trap = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : fail()) })
    expect(await authenticate({ verify: async () => trap })).toMatchObject({ status: 503, reason: 'the verifier failed' })
  })
})

function fail(): never {
  throw new Error('do not look')
}
