import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkAudience } from './audience.js'

describe('checkAudience', () => {
  it.each([
    ['the audience', 'orders-api', 'accepted'],
    ['a list with it', ['billing-api', 'orders-api'], 'accepted'],
    ['another', 'billing-api', 'audience_mismatch'],
    ['a list of others', ['billing-api', 'stock-api'], 'audience_mismatch'],
    ['an empty list', [], 'audience_mismatch'],
    ['the empty string', '', 'audience_mismatch'],
    ['a text that begins with it', 'orders-api/v2', 'audience_mismatch'],
    ['it in capitals', 'ORDERS-API', 'audience_mismatch'],
    ['several in one string', 'billing-api orders-api', 'audience_mismatch'],
    ['nothing', undefined, 'claim_missing'],
    ['null', null, 'claim_invalid'],
    ['a number', 42, 'claim_invalid'],
    ['an object', { 0: 'orders-api' }, 'claim_invalid'],
    ['a list with it and a number', ['orders-api', 42], 'claim_invalid'],
    ['a list in a list', [['orders-api']], 'claim_invalid'],
  ])('with %s in aud', (_, aud, expected) => {
    expect(verdict(() => checkAudience({ aud }, ['orders-api']))).toBe(expected)
  })

  it('is not satisfied by what the claims inherit', () => {
    expect(verdict(() => checkAudience(Object.create({ aud: 'orders-api' }), ['orders-api']))).toBe('claim_missing')
  })

  it('accepts any of several audiences', () => {
    expect(verdict(() => checkAudience({ aud: 'orders-v1' }, ['orders-v2', 'orders-v1']))).toBe('accepted')
  })

  it.each([
    ['another audience', 'billing-api', 'accepted'],
    ['no audience', undefined, 'accepted'],
    ['an aud of a wrong type', 42, 'claim_invalid'],
  ])('that is switched off, with %s', (_, aud, expected) => {
    expect(verdict(() => checkAudience({ aud }, null))).toBe(expected)
  })

  it('quotes what came in printable ASCII, cut short', () => {
    expect(() => checkAudience({ aud: `\u202e\u009b31m${'x'.repeat(500)}` }, ['orders-api'])).toThrow(
      /^the token is for another audience: expected "orders-api", not "\\u202e\\u009b31mx{74}…$/,
    )
  })
})
