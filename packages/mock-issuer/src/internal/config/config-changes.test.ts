import { expect, test } from 'vitest'
import { describeConfigChanges } from './config-changes.js'
import type { Config } from './config-schema.js'

const before = {
  port: 9000,
  accessTokenTtlSeconds: 300,
  dashboard: true,
  contract: { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } },
  clients: [
    { clientId: 'app', redirectUris: ['http://localhost/cb'] },
    { clientId: 'job', clientSecret: 'not-a-secret' },
  ],
  users: [{ sub: 'john', claims: { account_nr: '42', roles: ['clerk'] } }, { sub: 'jane' }],
  issuers: { a: {}, 'b c': { accessTokenTtlSeconds: 5 } },
} as const satisfies Config

test.each<[string, Config, readonly string[]]>([
  ['nothing', structuredClone(before), []],
  ['a number', { ...before, accessTokenTtlSeconds: 7 }, ['accessTokenTtlSeconds: 300 → 7']],
  ['a number that is new', { ...before, jwksMaxAgeSeconds: 5 }, ['jwksMaxAgeSeconds is 5 now']],
  [
    'what counts at the start',
    { ...before, port: 5, https: true },
    ['port: 9000 → 5, from the next start on', 'https is true now, from the next start on'],
  ],
  ['a kind of value', { ...before, dashboard: { hosts: ['a'] } }, ['dashboard changed']],
  [
    'a user and one of another',
    { ...before, users: [{ sub: 'john', claims: { account_nr: '43', roles: ['clerk', 'boss'] } }, { sub: 'mary' }] },
    ['users.john.claims.account_nr changed', 'users.john.claims.roles changed', 'users.jane is gone', 'users.mary is new'],
  ],
  [
    'a secret',
    { ...before, clients: [before.clients[0], { clientId: 'job', clientSecret: 'another' }] },
    ['clients.job.clientSecret changed'],
  ],
  ['a member that is gone', { ...before, clients: [{ clientId: 'app' }, before.clients[1]] }, ['clients.app.redirectUris is gone']],
  ['an order', { ...before, users: [before.users[1], before.users[0]] }, ['users are in another order']],
  [
    'a scope and an issuer',
    {
      ...before,
      contract: { ...before.contract, scopes: { ...before.contract.scopes, 'payment:*': {} } },
      issuers: { a: {}, 'b c': { accessTokenTtlSeconds: 6 } },
    },
    ['contract.scopes["payment:*"] is new', 'issuers["b c"].accessTokenTtlSeconds: 5 → 6'],
  ],
])('tells what changed: %s', (_, after, expected) => {
  expect(describeConfigChanges(before, after)).toEqual(expected)
})

test('says of functions and other objects of a program that they may have changed when they are others', () => {
  const make = (accountNr: string): Config => ({
    now: () => 1_000,
    claims: () => ({ account_nr: accountNr }),
    contract: { audience: 'a', scopes: {}, claims: new URL('https://a.example') } as never,
  })
  const config = make('1')

  expect(describeConfigChanges(config, make('2'))).toEqual([
    'now may have changed',
    'claims may have changed',
    'contract.claims may have changed',
  ])
  expect(describeConfigChanges(config, { ...config })).toEqual([])
  expect(describeConfigChanges(config, { ...config, now: 5 as never })).toEqual(['now changed'])
})

test('ends with a configuration that contains itself, and is not misled by names that every object inherits', () => {
  const cyclic = (): Config => {
    const claims: Record<string, unknown> = {}
    claims['self'] = claims
    return { users: [{ sub: 'john', claims }] }
  }
  expect(describeConfigChanges(cyclic(), cyclic())).toHaveLength(1)
  expect(describeConfigChanges({ users: [] }, { users: [{ sub: 'constructor', claims: { toString: 1 } }] })).toEqual([
    'users.constructor is new',
  ])
})
