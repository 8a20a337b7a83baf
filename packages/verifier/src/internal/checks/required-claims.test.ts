import { expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkRequiredClaims } from './required-claims.js'

it.each([
  ['a string', { account_nr: '42' }, 'accepted'],
  ['an empty string', { account_nr: '' }, 'accepted'],
  ['false', { account_nr: false }, 'accepted'],
  ['null', { account_nr: null }, 'claim_missing'],
  ['nothing', {}, 'claim_missing'],
])('with %s', (_, claims, expected) => {
  expect(verdict(() => checkRequiredClaims(claims, ['account_nr']))).toBe(expected)
})

it('is not satisfied by a member that every object has', () => {
  expect(verdict(() => checkRequiredClaims({}, ['constructor']))).toBe('claim_missing')
  expect(verdict(() => checkRequiredClaims({ constructor: 'x' }, ['constructor']))).toBe('accepted')
})

it('asks for every name of the list', () => {
  expect(verdict(() => checkRequiredClaims({ a: 1 }, ['a', 'b']))).toBe('claim_missing')
  expect(verdict(() => checkRequiredClaims({}, []))).toBe('accepted')
})

it('names the one that is missing', () => {
  expect(() => checkRequiredClaims({ sub: 'john' }, ['sub', 'account_nr'])).toThrow('a required claim is missing: account_nr')
})
