import { describe, expect, test } from 'vitest'
import { orders, principal, server } from '../test/orders-server.js'
import { principalWith, requestWith } from '../test/principal.js'
import { requestFor } from '../test/verifiers.js'
import { anyOf, not } from './combinators.js'
import type { Principal } from './principal.js'
import { role } from './role-guard.js'
import { subject } from './subject-guard.js'

const own = subject().equalsParam('id')
const decide = (members: Partial<Principal>, params: Readonly<Record<string, unknown>>) =>
  own.evaluate(principalWith(members), requestWith(params))
const denied = (reason: string) => ({ kind: 'denied', code: 'forbidden', reason })

describe('subject().equalsParam', () => {
  test('allows the user whose id is asked for, whatever the schema makes of the claims', () => {
    expect(decide({ sub: 'john', claims: {} }, { id: 'john' })).toEqual({ kind: 'allowed' })
    expect(decide({ sub: 'auth0|42/ä', claims: {} }, { id: 'auth0|42/ä' })).toEqual({ kind: 'allowed' })
  })

  test.each(['jane', 'John', ' john', 'john ', 'joh', 'john%20'])('denies another, compared character by character: %j', (id) => {
    expect(decide({ sub: 'john' }, { id })).toEqual(denied('the subject is not the path parameter "id"'))
  })

  test('does not look at a claim that the schema calls "sub"', () => {
    expect(decide({ sub: 'john', claims: { sub: 'jane' } }, { id: 'jane' })).toMatchObject({ kind: 'denied' })
  })

  test('denies a machine, which may have been registered under the id of a user', () => {
    expect(decide({ kind: 'machine', sub: 'john', clientId: 'john' }, { id: 'john' })).toEqual(
      denied('the principal is a machine, and no user'),
    )
  })

  test.each(['undefined', 'null', 'john'])('denies a principal without a subject, asked for %j', (id) => {
    expect(decide({ sub: undefined }, { id })).toEqual(denied('the subject is not the path parameter "id"'))
  })

  test.each([[{}], [{ nr: 'john' }], [{ id: ['john'] }], [{ id: '' }], [Object.create({ id: 'john' })]])(
    'denies where the route has no such parameter, also under `not`: %j',
    (params) => {
      const misconfigured = { kind: 'denied', code: 'misconfigured', reason: 'the route has no path parameter "id" with a single value' }
      expect(decide({ sub: 'john' }, params)).toEqual(misconfigured)
      expect(not(own).evaluate(principalWith(), requestWith(params))).toEqual(misconfigured)
    },
  )

  test('describes itself, and needs the name of a parameter', () => {
    expect(own.description).toEqual({ guard: 'subject', is: 'equalsParam', param: 'id' })
    expect(() => subject().equalsParam(':id')).toThrow('is not the name of a path parameter')
  })

  test('with a role beside it, lets pass the user and an admin, and nobody else', () => {
    const guard = anyOf(own, role('admin'))
    const asked = requestWith({ id: 'john' })
    expect(guard.evaluate(principalWith({ sub: 'john' }), asked)).toEqual({ kind: 'allowed' })
    expect(guard.evaluate(principalWith({ sub: 'jane', roles: ['admin'] }), asked)).toEqual({ kind: 'allowed' })
    expect(guard.evaluate(principalWith({ sub: 'jane', roles: ['clerk'] }), asked)).toMatchObject({ kind: 'denied', code: 'forbidden' })
  })
})

describe('subject() of a contract', () => {
  test('works on the server of that contract, and refuses an anonymous request with 401', async () => {
    const guard = server.guard(orders.subject().equalsParam('id'))
    const context = (id: string) => ({ request: requestFor('Bearer good'), params: { id } })
    expect(await server.authorize(await principal(), guard, context('john'))).toMatchObject({ kind: 'allowed' })
    expect(await server.authorize(await principal(), guard, context('jane'))).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await server.authorize(undefined, guard, context('john'))).toMatchObject({ status: 401, code: 'credentials_missing' })
  })
})
