import { createMemoryStore, type Store, type StoreWriteOptions } from '@bailiwick/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../../../test/dpop-fixture.js'
import { outcome } from '../../../../test/verdict.js'
import { AccessTokenError } from '../../../access-token-error.js'
import { createReplayCheck } from './replay-check.js'

const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I'
const create = (store: Pick<Store, 'add'>) => createReplayCheck({ store, ttlMs: 80_000, timeoutMs: 1000 })

describe('a proof', () => {
  it('is used up by its first use', async () => {
    const useUp = create(createMemoryStore())
    expect(await outcome(useUp(jkt, 'a'))).toBe('accepted')
    expect(await outcome(useUp(jkt, 'a'))).toBe('invalid_token dpop_proof_replayed')
    expect(await outcome(useUp(jkt, 'b'))).toBe('accepted')
    expect(await outcome(useUp(jkt.replace('0', '1'), 'a'))).toBe('accepted')
  })

  it.each(['a', '', '__proto__', '\0', 'é'.repeat(256), '\ud800'])('with jti %j has a key of the same form', async (jti) => {
    const written: [string, string, StoreWriteOptions][] = []
    await create({ add: async (...entry) => written.push(entry) > 0 })(jkt, jti)
    expect(written).toEqual([[`dpop:${hashOf(`${jkt}.${jti}`)}`, '', { ttlMs: 80_000 }]])
  })
})

describe('a store', () => {
  it.each([
    ['that rejects', () => Promise.reject(new Error('ECONNREFUSED'))],
    [
      'that throws',
      () => {
        throw new Error('ECONNREFUSED')
      },
    ],
    ['that has no answer', () => Promise.resolve(undefined)],
    ['that answers in its own words', () => Promise.resolve('OK')],
    ['that answers with a number', () => Promise.resolve(1)],
  ])('%s leaves it open whether a proof was used', async (_, add) => {
    expect(await outcome(create({ add: add as () => Promise<never> })(jkt, 'a'))).toBe('unavailable replay_unavailable')
  })

  it('is named as the reason, with the time to come back', async () => {
    const cause = new Error('ECONNREFUSED')
    const error = await create({ add: () => Promise.reject(cause) })(jkt, 'a').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AccessTokenError)
    expect(error).toMatchObject({ cause, retryAfterSeconds: 1, challengeError: undefined })
    expect(String(error)).toContain('ECONNREFUSED')
  })
})

describe('a slow store', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('is waited for as long as it may take, and then given up', async () => {
    const answer = outcome(create({ add: () => new Promise(() => {}) })(jkt, 'a'))
    await vi.advanceTimersByTimeAsync(999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toBe('unavailable replay_unavailable')
  })

  it('that answers in time is heard', async () => {
    const answer = outcome(create({ add: () => new Promise((resolve) => setTimeout(() => resolve(true), 900)) })(jkt, 'a'))
    await vi.advanceTimersByTimeAsync(900)
    expect(await answer).toBe('accepted')
  })

  it('that fails too late troubles nobody', async () => {
    const answer = outcome(create({ add: () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 2000)) })(jkt, 'a'))
    await vi.advanceTimersByTimeAsync(3000)
    expect(await answer).toBe('unavailable replay_unavailable')
  })
})
