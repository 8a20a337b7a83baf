import { expect, test } from 'vitest'
import type { IssuerClient } from '../client.js'
import { readRequestedScopes } from './requested-scopes.js'

const app: IssuerClient = { clientId: 'app', scopes: ['openid', 'orders_read', 'payment:*'] }
const service: IssuerClient = { clientId: 'service' }
const contract = { audience: 'orders-api', scopes: { orders_read: {}, orders_write: {}, 'payment:*': {} } }

test.each([
  [undefined, app, []],
  ['openid orders_read payment:1 openid', app, ['openid', 'orders_read', 'payment:1']],
  ['email orders_write', service, ['email', 'orders_write']],
])('grants what is asked for by %j', (scope, client, scopes) => {
  expect(readRequestedScopes(scope, client, contract)).toEqual({ scopes })
})

test.each([
  ['a  b', app, 'The scope is not a list of scope names separated by single spaces.', 'Write it as "orders_read orders_write".'],
  [
    'openid orders_reed',
    app,
    'There is no scope "orders_reed".',
    'Did you mean "orders_read"? The contract has orders_read, orders_write, payment:*; add "orders_reed" to its scopes, or ask for one of these.',
  ],
  ['payment:*', app, 'There is no scope "payment:*".', 'It stands for a family of scopes: ask for one, such as "payment:123".'],
  [
    'orders_write',
    app,
    'The client is not registered for the scope "orders_write".',
    'Add "orders_write" to the "scopes" of the client "app", which are openid, orders_read, payment:*; without "scopes" it may ask for all.',
  ],
])('refuses %j, and says what would mend it', (scope, client, problem, advice) => {
  expect(readRequestedScopes(scope, client, contract)).toEqual({ problem, advice })
})

test('lets everything that is a scope pass under scope-unchecked', () => {
  expect(readRequestedScopes('anything orders_write', app, contract, new Set(['scope-unchecked']))).toEqual({
    scopes: ['anything', 'orders_write'],
  })
})
