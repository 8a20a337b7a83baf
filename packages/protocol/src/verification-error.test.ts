import { describe, expect, it } from 'vitest'
import { isVerificationError, VerificationError } from './verification-error.js'

describe('VerificationError', () => {
  it('carries its outcome, and when to try again', () => {
    const error = new VerificationError('unavailable', 'keys_unavailable', 'No keys.', { retryAfterSeconds: 5, cause: 'x' })
    expect(error).toMatchObject({ outcome: 'unavailable', code: 'keys_unavailable', retryAfterSeconds: 5, cause: 'x' })
    expect(new VerificationError('invalid_token', 'expired', '').retryAfterSeconds).toBe(undefined)
  })
})

describe('isVerificationError', () => {
  it('recognises an error of another copy of the package by its shape', () => {
    expect(isVerificationError(new VerificationError('invalid_token', 'expired', ''))).toBe(true)
    expect(isVerificationError(Object.assign(new Error('x'), { outcome: 'unavailable', code: 'x' }))).toBe(true)
  })

  it.each([
    new Error('x'),
    Object.assign(new Error('x'), { outcome: 'allowed', code: 'x' }),
    Object.assign(new Error('x'), { outcome: 'invalid_token' }),
    Object.assign(new Error('x'), { outcome: 'invalid_token', code: 5 }),
    { outcome: 'invalid_token', code: 'x' },
    null,
    'invalid_token',
  ])('does not take anything else for one', (value) => {
    expect(isVerificationError(value)).toBe(false)
  })
})
