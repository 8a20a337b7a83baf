import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { IdTokenClaims } from '../../client-options.js'
import { cutOff } from '../../../test/renewing.js'
import { tokensOf } from '../../../test/tokens.js'
import type { TokenSet } from '../../token-set.js'
import { createTokenKeeper } from './token-keeper.js'

const [first, second, third] = [tokensOf(1), tokensOf(2), tokensOf(3)]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A keeper whose `onTokens` settles when the test says so. */
function keeping() {
  const calls: { tokens: TokenSet; done: () => void; fail: () => void }[] = []
  const failures: unknown[] = []
  const keeper = createTokenKeeper<IdTokenClaims>({
    onTokens: (tokens) =>
      new Promise<void>((done, reject) => void calls.push({ tokens, done, fail: () => reject(new Error('the database is down')) })),
    now: Date.now,
    onFailure: (error) => failures.push(error),
  })
  return { keeper, calls, failures, given: () => calls.map(({ tokens }) => tokens) }
}

test('an app that takes its time is waited for, for ten seconds', async () => {
  const { keeper, failures } = keeping()
  const kept = vi.fn<() => void>()
  const waiting = keeper.keep(first).then(kept)
  await vi.advanceTimersByTimeAsync(9999)
  expect(kept).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await waiting
  expect(String(failures)).toBe('Error: onTokens took longer than 10000 ms.')
})

test('no older set is written over a newer one: a call begins when the one before has ended, with the newest', async () => {
  const { keeper, calls, given } = keeping()
  void keeper.keep(first)
  void keeper.keep(second)
  void keeper.keep(third)
  expect(given()).toEqual([first])
  calls[0]?.done()
  await vi.advanceTimersByTimeAsync(0)
  expect(given()).toEqual([first, third])
})

test('a failure is tried again after a second, with the newest', async () => {
  const { keeper, calls, failures, given } = keeping()
  void keeper.keep(first)
  calls[0]?.fail()
  await vi.advanceTimersByTimeAsync(999)
  keeper.retry()
  expect(given()).toEqual([first])
  await vi.advanceTimersByTimeAsync(1)
  keeper.retry()
  keeper.retry()
  expect(given()).toEqual([first, first])
  void keeper.keep(second)
  calls[1]?.fail()
  await vi.advanceTimersByTimeAsync(0)
  calls[2]?.done()
  await vi.advanceTimersByTimeAsync(5000)
  keeper.retry()
  expect(given()).toEqual([first, first, second])
  expect(failures.map(String)).toEqual(['Error: the database is down'])
})

test('a failure in the background is told, once, however many ask for another try meanwhile', async () => {
  const { keeper, calls, failures } = keeping()
  void keeper.keep(first)
  calls[0]?.fail()
  await vi.advanceTimersByTimeAsync(1000)
  keeper.retry()
  keeper.retry()
  calls[1]?.fail()
  await vi.advanceTimersByTimeAsync(0)
  expect(failures.map(String)).toEqual(['Error: the database is down', 'Error: the database is down'])
})

test('once stopped it hands nothing over, and the call under way is waited for', async () => {
  const { keeper, calls, given } = keeping()
  void keeper.keep(first)
  void keeper.keep(second)
  const stopped = vi.fn<() => void>()
  const stopping = keeper.stop().then(stopped)
  await keeper.keep(third)
  keeper.retry()
  expect(stopped).not.toHaveBeenCalled()
  calls[0]?.done()
  await stopping
  expect(given()).toEqual([first])
})

test('a call that never ends is a failure after ten seconds, and the newest set is handed over at the next', async () => {
  const { keeper, given, calls } = keeping()
  const waiting = keeper.keep(first)
  await vi.advanceTimersByTimeAsync(10_000)
  await waiting
  await vi.advanceTimersByTimeAsync(1000)
  keeper.retry()
  expect(given()).toEqual([first, first])
  const kept = keeper.keep(second)
  await vi.advanceTimersByTimeAsync(10_000)
  await kept
  expect(given()).toEqual([first, first, second])
  calls[2]?.done()
  await vi.advanceTimersByTimeAsync(1000)
  keeper.retry()
  expect(given()).toEqual([first, first, second])
})

test('a call that was cut off with the request that began it is made anew for the next set', async () => {
  const { keeper, calls, given, failures } = keeping()
  void keeper.keep(first)
  cutOff()
  const kept = keeper.keep(second)
  await vi.advanceTimersByTimeAsync(0)
  expect(given()).toEqual([first, second])
  calls[1]?.done()
  await kept
  expect(failures).toEqual([])
})

test('a call that was cut off in the background is made anew by the next who asks', async () => {
  const { keeper, calls, given } = keeping()
  void keeper.keep(first)
  calls[0]?.fail()
  await vi.advanceTimersByTimeAsync(1000)
  keeper.retry()
  expect(given()).toEqual([first, first])
  cutOff()
  keeper.retry()
  await vi.advanceTimersByTimeAsync(0)
  expect(given()).toEqual([first, first, first])
})

test('a set that was kept late, after a newer one, has the newer one kept once more', async () => {
  const { keeper, calls, given } = keeping()
  void keeper.keep(first)
  await vi.advanceTimersByTimeAsync(10_000)
  void keeper.keep(second)
  calls[1]?.done()
  await vi.advanceTimersByTimeAsync(1000)
  calls[0]?.done()
  await vi.advanceTimersByTimeAsync(0)
  keeper.retry()
  expect(given()).toEqual([first, second, second])
})
