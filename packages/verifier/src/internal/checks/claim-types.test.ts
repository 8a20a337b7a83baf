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

it.each(['iss', 'sub', 'jti', 'client_id'])('names %s where it is none, and looks for it in no prototype', (name) => {
  expect(() => checkClaimTypes({ [name]: 1 })).toThrow(`a claim has an invalid value: ${name} is not a string`)
  expect(verdict(() => checkClaimTypes(Object.create({ [name]: 1 })))).toBe('accepted')
})

it('leaves other claims alone', () => {
  expect(verdict(() => checkClaimTypes({ account_nr: 42, constructor: 1 }))).toBe('accepted')
})
