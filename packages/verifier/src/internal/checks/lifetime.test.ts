import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkLifetime, type LifetimeLimits } from './lifetime.js'

const now = 1_800_000_000
const strict: LifetimeLimits = { clockToleranceSeconds: 0, maxTokenAgeSeconds: undefined }
const check = (claims: Record<string, unknown>, limits = strict) => checkLifetime(claims, now, limits)

describe('checkLifetime', () => {
  it('looks for the times in no prototype', () => {
    expect(verdict(() => check(Object.create({ exp: now + 60 })))).toBe('claim_missing')
    expect(verdict(() => check(Object.assign(Object.create({ nbf: now + 60 }), { exp: now + 60 })))).toBe('accepted')
    const withAge = { ...strict, maxTokenAgeSeconds: 300 }
    expect(verdict(() => check(Object.assign(Object.create({ iat: now }), { exp: now + 60 }), withAge))).toBe('claim_missing')
  })

  it.each([
    ['in a second', now + 1, 'accepted'],
    ['in half a second', now + 0.5, 'accepted'],
    ['in the year 9999', 253_402_300_799, 'accepted'],
    ['now', now, 'token_expired'],
    ['a second ago', now - 1, 'token_expired'],
    ['at the epoch', 0, 'token_expired'],
    ['before the epoch', -1, 'claim_invalid'],
    ['in milliseconds', now * 1000, 'claim_invalid'],
    ['after the year 9999', 253_402_300_800, 'claim_invalid'],
    ['larger than a double', JSON.parse('1e400'), 'claim_invalid'],
    ['not a number', Number.NaN, 'claim_invalid'],
    ['a string', String(now + 60), 'claim_invalid'],
    ['a date', '2030-01-01T00:00:00Z', 'claim_invalid'],
    ['null', null, 'claim_invalid'],
    ['a list', [now + 60], 'claim_invalid'],
    ['nothing', undefined, 'claim_missing'],
  ])('with exp %s', (_, exp, expected) => {
    expect(verdict(() => check({ exp }))).toBe(expected)
  })

  it.each([
    ['now', now, 'accepted'],
    ['a second ago', now - 1, 'accepted'],
    ['in a second', now + 1, 'token_not_yet_valid'],
    ['in half a second', now + 0.5, 'token_not_yet_valid'],
    ['in milliseconds', now * 1000, 'claim_invalid'],
    ['a string', String(now), 'claim_invalid'],
    ['null', null, 'claim_invalid'],
  ])('with nbf %s', (_, nbf, expected) => {
    expect(verdict(() => check({ exp: now + 60, nbf }))).toBe(expected)
  })

  it.each([
    ['nothing', undefined, 'claim_missing'],
    ['now', now, 'accepted'],
    ['as old as it may be', now - 300, 'accepted'],
    ['older', now - 301, 'token_too_old'],
    ['in a second', now + 1, 'token_not_yet_valid'],
    ['a string', String(now), 'claim_invalid'],
  ])('with a largest age of 300 s and iat %s', (_, iat, expected) => {
    expect(verdict(() => check({ exp: now + 60, iat }, { ...strict, maxTokenAgeSeconds: 300 }))).toBe(expected)
  })

  it('without a largest age looks at the type of iat alone', () => {
    expect(verdict(() => check({ exp: now + 60, iat: now + 30 }))).toBe('accepted')
    expect(verdict(() => check({ exp: now + 60, iat: '0' }))).toBe('claim_invalid')
  })

  it.each([
    ['exp', { exp: now - 4 }, { exp: now - 5 }, 'token_expired'],
    ['nbf', { exp: now + 60, nbf: now + 5 }, { exp: now + 60, nbf: now + 6 }, 'token_not_yet_valid'],
    ['iat ahead', { exp: now + 60, iat: now + 5 }, { exp: now + 60, iat: now + 6 }, 'token_not_yet_valid'],
    ['iat past', { exp: now + 60, iat: now - 305 }, { exp: now + 60, iat: now - 306 }, 'token_too_old'],
  ])('forgives a tolerance of 5 s in %s, and no more', (_, inside, outside, expected) => {
    const tolerant = { clockToleranceSeconds: 5, maxTokenAgeSeconds: 300 }
    const withIat = (claims: Record<string, unknown>) => ({ iat: now, ...claims })
    expect(verdict(() => check(withIat(inside), tolerant))).toBe('accepted')
    expect(verdict(() => check(withIat(outside), tolerant))).toBe(expected)
  })

  it('gives exp', () => {
    expect(check({ exp: now + 60.5 })).toBe(now + 60.5)
  })

  it('accepts nothing when the clock gives no number', () => {
    expect(verdict(() => checkLifetime({ exp: now + 60 }, Number.NaN, strict))).toBe('token_expired')
  })

  it.each(['exp', 'nbf', 'iat'])('says that it is %s that is no time', (name) => {
    expect(() => check({ exp: now + 60, [name]: '1' })).toThrow(`a claim has an invalid value: ${name} is not a NumericDate`)
    expect(() => check({ exp: now + 60, [name]: now * 1000 })).toThrow(`a claim has an invalid value: ${name} is not in seconds`)
  })

  it('says by how much', () => {
    expect(() => check({ exp: now - 90 })).toThrow('the token has expired: 90 s ago')
    expect(() => check({ exp: now + 60, nbf: now + 7 })).toThrow('the token is not valid yet: nbf is 7 s ahead')
  })
})
