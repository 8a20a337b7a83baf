import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isGood } from './session-freshness.js'

const now = 1_800_000_000_000

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
afterEach(() => void vi.useRealTimers())

test.each([
  ['just received', 0, 300_000, true, true],
  ['far from its end', -200_000, 100_000, true, true],
  ['nearer to it than any tab waits', -275_000, 25_000, true, false],
  ['at its end', -300_000, 0, false, false],
  ['past it', -301_000, -1000, false, false],
  ['of a clock that was set back since', 1, 300_000, false, false],
  ['with a short life, half of it over', -5000, 5000, true, true],
  ['with a short life, nearly over', -9000, 1000, true, false],
  ['for which the server has named no end', -86_400_000, undefined, true, true],
])('a token that is %s', (_title, received, expires, isGoodNow, isGoodAhead) => {
  const tokens = { receivedAt: now + received, expiresAt: expires === undefined ? undefined : now + expires, refreshToken: 'refresh' }
  expect(isGood(tokens)).toBe(isGoodNow)
  expect(isGood(tokens, true)).toBe(isGoodAhead)
})

test('a token that cannot be renewed is good also by a clock that was set back since', () => {
  expect(isGood({ receivedAt: now + 1, expiresAt: now + 300_000, refreshToken: undefined })).toBe(true)
})

test.each([
  [0, 270],
  [0.5, 255],
])('tabs are not all as early: at %d, a renewal begins after %d of 300 seconds', async (random, seconds) => {
  vi.spyOn(Math, 'random').mockReturnValueOnce(random)
  // Evaluated anew, as in a tab of its own.
  const path = `./session-freshness.js?${seconds}`
  const tab = (await import(path)) as { isGood: typeof isGood }
  vi.setSystemTime(seconds * 1000 - 1)
  expect(tab.isGood({ receivedAt: 0, expiresAt: 300_000, refreshToken: 'refresh' }, true)).toBe(true)
  vi.setSystemTime(seconds * 1000)
  expect(tab.isGood({ receivedAt: 0, expiresAt: 300_000, refreshToken: 'refresh' }, true)).toBe(false)
})
