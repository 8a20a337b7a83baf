import { expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkClaimTypes } from './claim-types.js'

it.each(['iss', 'sub', 'jti', 'client_id'])('takes %s for a string, or for absent', (name) => {
  expect(verdict(() => checkClaimTypes({ [name]: 'john' }))).toBe('accepted')
  expect(verdict(() => checkClaimTypes({}))).toBe('accepted')
  for (const value of [null, 1, true, ['john'], { toString: 'john' }]) {
    expect(verdict(() => checkClaimTypes({ [name]: value }))).toBe('claim_invalid')
  }
})

it('leaves other claims alone', () => {
  expect(verdict(() => checkClaimTypes({ account_nr: 42, constructor: 1 }))).toBe('accepted')
})
