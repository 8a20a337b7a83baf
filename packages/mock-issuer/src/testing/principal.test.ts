import { expect, expectTypeOf, test } from 'vitest'
import { principal } from './principal.js'
import type { FakeToken, PrincipalReading } from './principal.js'

interface Read {
  readonly scopes: readonly string[]
  readonly claims: { readonly account_nr: string }
}

const seen: FakeToken[] = []
const contract = {
  read(token: FakeToken): PrincipalReading<Read> | Promise<PrincipalReading<Read>> {
    seen.push(token)
    if (token.claims['account_nr'] === undefined) return { kind: 'broken', breach: { reason: 'account_nr is missing' } }
    return { kind: 'principal', principal: { scopes: ['orders_read'], claims: { account_nr: '42' } } }
  },
}

test('has a default for everything', () => {
  expect(principal()).toEqual({
    kind: 'user',
    sub: 'john',
    clientId: 'app',
    issuer: 'http://localhost/mock-issuer',
    expiresAt: 4_102_444_800,
    acr: undefined,
    authenticatedAt: undefined,
    scopes: [],
    roles: [],
    permissions: [],
    claims: {},
  })
})

test('takes claims as they are, with their types', () => {
  const fake = principal({ sub: 'jane', scopes: ['orders_read'], permissions: ['order:read'], claims: { account_nr: '42' } })

  expect(fake).toMatchObject({ sub: 'jane', scopes: ['orders_read'], permissions: ['order:read'], claims: { account_nr: '42' } })
  expectTypeOf(fake.claims.account_nr).toExtend<string>()
})

test.each([
  [{ sub: undefined }, 'machine'],
  [{ sub: 'app' }, 'machine'],
  [{ sub: 'service', clientId: 'service' }, 'machine'],
  [{ clientId: undefined }, 'user'],
])('tells with %j that it is a %s', (options, kind) => {
  expect(principal(options).kind).toBe(kind)
})

test('has a contract read a token with its claims', () => {
  seen.length = 0
  const fake = principal({
    contract,
    scopes: ['orders_read'],
    roles: ['clerk'],
    acr: 'mfa',
    authenticatedAt: 5,
    claims: { account_nr: '42' },
  })

  expectTypeOf(fake).toEqualTypeOf<Read>()
  expect(fake.claims.account_nr).toBe('42')
  expect(seen).toEqual([
    {
      issuer: 'http://localhost/mock-issuer',
      expiresAt: 4_102_444_800,
      claims: { sub: 'john', client_id: 'app', scope: 'orders_read', roles: ['clerk'], acr: 'mfa', auth_time: 5, account_nr: '42' },
    },
  ])
})

test('refuses a principal that the contract would not make', () => {
  expect(() => principal({ contract })).toThrow('No such principal: account_nr is missing.')
  const claims = { account_nr: '42' }
  expect(() => principal({ contract, scopes: ['orders_raed'], claims })).toThrow('the contract does not define the scope "orders_raed"')
  const asynchronous = { read: async (token: FakeToken) => contract.read(token) }
  expect(() => principal({ contract: asynchronous })).toThrow('The schema of this contract is asynchronous')
})
