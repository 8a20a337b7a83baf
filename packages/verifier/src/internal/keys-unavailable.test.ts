import { NotAvailableError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { keysUnavailable } from './keys-unavailable.js'

describe('keysUnavailable', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1000, 1],
    [1001, 2],
    [59_500, 60],
  ])('after a pause of %d ms says to come back in %d s', (pauseMs, seconds) => {
    expect(keysUnavailable(new NotAvailableError(pauseMs, new Error('down'))).retryAfterSeconds).toBe(seconds)
    expect(keysUnavailable(new Error('down'), pauseMs).retryAfterSeconds).toBe(seconds)
  })

  it('says why, and hands on what went wrong', () => {
    const cause = new Error('login.example.com did not answer')
    expect(keysUnavailable(new NotAvailableError(0, cause))).toMatchObject({
      code: 'keys_unavailable',
      outcome: 'unavailable',
      message: 'the keys of the issuer are unavailable: login.example.com did not answer',
      cause,
    })
    expect(keysUnavailable('down')).toMatchObject({ message: 'the keys of the issuer are unavailable', cause: 'down' })
  })
})
