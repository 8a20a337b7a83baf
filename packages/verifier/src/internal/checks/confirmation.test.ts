import { expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkConfirmation } from './confirmation.js'

it.each([{ jkt: 'x' }, { 'x5t#S256': 'x' }, { kid: 'x' }, {}, null, false, ''])('refuses a token with cnf: %j', (cnf) => {
  expect(verdict(() => checkConfirmation({ cnf }))).toBe('confirmation_unchecked')
})

it('accepts a token without cnf, and does not look for it in a prototype', () => {
  expect(verdict(() => checkConfirmation({ sub: 'john' }))).toBe('accepted')
  expect(verdict(() => checkConfirmation(Object.create({ cnf: { jkt: 'x' } }) as Record<string, unknown>))).toBe('accepted')
})
