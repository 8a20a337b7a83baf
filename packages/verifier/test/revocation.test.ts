import { describe, expect, it, vi } from 'vitest'
import type { RevocationOptions } from '../src/revocation-options.js'
import { outcome } from './verdict.js'
import { claims, createVerifier, key, now } from './verifier-fixture.js'

const token = await key.sign(claims)

describe('revocation', () => {
  it('is asked on every verification, also when the verdict is kept', async () => {
    const isRevoked = vi.fn<RevocationOptions['isRevoked']>(() => false)
    const verifier = createVerifier({ revocation: { isRevoked } })
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    expect(isRevoked.mock.calls).toEqual([[first], [first]])
    isRevoked.mockReturnValue(true)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_revoked')
  })

  it('is not asked about a token that is bad anyway', async () => {
    const isRevoked = vi.fn<RevocationOptions['isRevoked']>(() => false)
    await outcome(createVerifier({ revocation: { isRevoked } }).verify(await key.sign({ ...claims, exp: 1 })))
    expect(isRevoked).not.toHaveBeenCalled()
  })

  it.each<[string, () => unknown, string]>([
    ['no', () => false, 'accepted'],
    ['yes', () => true, 'invalid_token token_revoked'],
    ['no, later', () => Promise.resolve(false), 'accepted'],
    ['yes, later', () => Promise.resolve(true), 'invalid_token token_revoked'],
    // eslint-disable-next-line unicorn/no-thenable
    ['yes, from a thenable', () => ({ then: (resolve: (answer: boolean) => void) => resolve(true) }), 'invalid_token token_revoked'],
    ['nothing', () => undefined, 'unavailable revocation_unavailable'],
    ['null, as of a row that is not there', () => null, 'unavailable revocation_unavailable'],
    ['a text', () => Promise.resolve('no'), 'unavailable revocation_unavailable'],
    ['an error', () => Promise.reject(new Error('down')), 'unavailable revocation_unavailable'],
    [
      'an exception',
      () => {
        throw new Error('down')
      },
      'unavailable revocation_unavailable',
    ],
    ['nothing in time', () => new Promise(() => {}), 'unavailable revocation_unavailable'],
  ])('that answers %s', async (_, isRevoked, expected) => {
    const verifier = createVerifier({ revocation: { isRevoked: isRevoked as never, timeoutMs: 20 } })
    expect(await outcome(verifier.verify(token))).toBe(expected)
  })

  it('does not let a token through whose time has run out while it was asked', async () => {
    let time = now
    const isRevoked = async () => {
      time = now + 300_000
      return false
    }
    expect(await outcome(createVerifier({ now: () => time, revocation: { isRevoked } }).verify(token))).toBe('invalid_token token_expired')
  })

  it.each([{}, { isRevoked: true }, { isRevoked: () => false, timeoutMs: 0 }, { isRevoked: () => false, ttl: 1 }])(
    'cannot be %j',
    (revocation) => {
      expect(() => createVerifier({ revocation: revocation as never })).toThrow(/revocation/)
    },
  )
})
