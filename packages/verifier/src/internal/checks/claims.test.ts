import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkClaimTypes } from './claim-types.js'
import { claimOf, stringClaim } from './claims.js'
import { checkRequiredClaims } from './required-claims.js'

describe('claimOf', () => {
  it('gives a claim that was issued, and nothing that every object has', () => {
    expect(claimOf({ sub: 'john' }, 'sub')).toBe('john')
    expect(claimOf({}, 'constructor')).toBeUndefined()
    expect(claimOf(JSON.parse('{"__proto__":{"sub":"root"}}'), 'sub')).toBeUndefined()
  })
})

describe('stringClaim', () => {
  it.each([
    ['john', 'accepted'],
    ['', 'accepted'],
    [undefined, 'accepted'],
    [null, 'claim_invalid'],
    [42, 'claim_invalid'],
    [['john'], 'claim_invalid'],
  ])('with %j', (sub, expected) => {
    expect(verdict(() => stringClaim({ sub }, 'sub'))).toBe(expected)
  })
})

describe('checkClaimTypes', () => {
  it('accepts claims without any that has a type', () => {
    expect(verdict(() => checkClaimTypes({ account_nr: 42 }))).toBe('accepted')
  })

  it.each(['iss', 'sub', 'jti', 'client_id'])('refuses a %s that is not a string', (name) => {
    expect(verdict(() => checkClaimTypes({ [name]: 'text' }))).toBe('accepted')
    expect(verdict(() => checkClaimTypes({ [name]: 42 }))).toBe('claim_invalid')
    expect(verdict(() => checkClaimTypes({ [name]: null }))).toBe('claim_invalid')
  })
})

describe('checkRequiredClaims', () => {
  it.each([
    ['a value', { account_nr: '42' }, 'accepted'],
    ['an empty value', { account_nr: '' }, 'accepted'],
    ['false', { account_nr: false }, 'accepted'],
    ['null', { account_nr: null }, 'claim_missing'],
    ['nothing', {}, 'claim_missing'],
  ])('with %s', (_, claims, expected) => {
    expect(verdict(() => checkRequiredClaims(claims, ['account_nr']))).toBe(expected)
  })

  it('is not satisfied by what every object has', () => {
    expect(verdict(() => checkRequiredClaims({}, ['constructor']))).toBe('claim_missing')
  })

  it('names the claim', () => {
    expect(() => checkRequiredClaims({ sub: 'john' }, ['sub', 'account_nr'])).toThrow('a required claim is missing: account_nr')
  })
})
