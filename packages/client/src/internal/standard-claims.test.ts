import { expect, test } from 'vitest'
import { readStandardClaims } from './standard-claims.js'

test('gives the claims that have their types, and others as they came', () => {
  const claims = {
    sub: 'john',
    name: 'John',
    email: 'john@example.com',
    email_verified: true,
    phone_number_verified: false,
    updated_at: 1_800_000_000,
    address: { country: 'NL' },
    department: null,
    roles: ['clerk'],
  }
  expect(readStandardClaims(claims)).toEqual(claims)
})

test.each<[string, unknown]>([
  ['email_verified', 'true'],
  ['email_verified', 1],
  ['phone_number_verified', 'false'],
  ['name', null],
  ['email', ['john@example.com']],
  ['updated_at', '1800000000'],
  ['address', 'Main Street 1'],
  ['address', ['Main Street 1']],
])('leaves out %s where it is %j', (name, value) => {
  expect(readStandardClaims({ sub: 'john', [name]: value })).toEqual({ sub: 'john' })
})
