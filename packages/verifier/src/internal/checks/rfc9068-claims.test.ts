import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkRfc9068Claims } from './rfc9068-claims.js'

const complete = {
  iss: 'https://login.example.com',
  exp: 1_800_000_000,
  aud: 'orders-api',
  sub: 'john',
  client_id: 'shop',
  iat: 1_799_999_000,
  jti: 'dbe39bf3a3ba4238a513f51d6e1691c4',
}

describe('checkRfc9068Claims', () => {
  it('accepts a token with every required claim', () => {
    expect(verdict(() => checkRfc9068Claims(complete))).toBe('accepted')
  })

  it.each(['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'])('refuses a token without %s', (name) => {
    expect(verdict(() => checkRfc9068Claims({ ...complete, [name]: undefined }))).toBe('claim_missing')
    expect(verdict(() => checkRfc9068Claims({ ...complete, [name]: null }))).toBe('claim_missing')
    const { [name]: value, ...others } = complete as Record<string, unknown>
    expect(verdict(() => checkRfc9068Claims(Object.assign(Object.create({ [name]: value }), others)))).toBe('claim_missing')
  })

  it.each([
    [{ scope: 'orders_read orders_write' }, 'accepted'],
    [{ scope: ['orders_read'] }, 'claim_invalid'],
    [{ acr: 'urn:example:loa:2' }, 'accepted'],
    [{ acr: 2 }, 'claim_invalid'],
    [{ auth_time: 1_799_990_000 }, 'accepted'],
    [{ auth_time: '1799990000' }, 'claim_invalid'],
    [{ amr: ['pwd', 'otp'] }, 'accepted'],
    [{ amr: 'pwd' }, 'claim_invalid'],
    [{ amr: ['pwd', 1] }, 'claim_invalid'],
  ])('with %j', (claims, expected) => {
    expect(verdict(() => checkRfc9068Claims({ ...complete, ...claims }))).toBe(expected)
  })

  it('looks for what a token may have in no prototype', () => {
    const inherited = Object.create({ scope: 1, acr: 1, auth_time: 'now', amr: 'pwd' })
    expect(verdict(() => checkRfc9068Claims(Object.assign(inherited, complete)))).toBe('accepted')
  })
})
