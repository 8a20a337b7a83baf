import { expect, it } from 'vitest'
import { createValueHolder } from './held-value.js'

const limits = { ttlMs: 10_000, minTtlMs: 2_000, maxTtlMs: 60_000, staleIfErrorMs: 20_000, random: () => 0.5 }

it.each([
  [undefined, 10_000],
  [30_000, 30_000],
  [0, 2_000],
  [1e9, 60_000],
])('holds a value for as long as its source says, within the bounds (%s: %d ms)', (maxAgeMs, ttlMs) => {
  const held = createValueHolder<string>(limits)
  held.hold({ value: 'one', maxAgeMs }, 900, 1_000)
  expect(held.at(1_000)).toEqual({
    value: 'one',
    startedAt: 900,
    loadedAt: 1_000,
    refreshAt: expect.closeTo(1_000 + 0.8 * ttlMs),
    freshUntil: 1_000 + ttlMs,
    usableUntil: 1_000 + ttlMs + 20_000,
  })
})

it('holds a seed as if it had been loaded then, until it expires', () => {
  const held = createValueHolder<string>({ ...limits, seed: { value: 'kept', loadedAt: 1_000, expiresAt: 2_000 } })
  expect(held.peek()).toEqual({
    value: 'kept',
    startedAt: 1_000,
    loadedAt: 1_000,
    refreshAt: 1_800,
    freshUntil: 2_000,
    usableUntil: 22_000,
  })
})

it('moves the times of the value with a clock that is set back, and has it due at once', () => {
  const held = createValueHolder<string>(limits)
  held.hold({ value: 'one' }, 99_900, 100_000)
  expect(held.at(5_000)).toEqual({
    value: 'one',
    startedAt: 4_900,
    loadedAt: 5_000,
    refreshAt: 5_000,
    freshUntil: 15_000,
    usableUntil: 35_000,
  })
  expect(held.at(100_000)).toMatchObject({ loadedAt: 5_000, usableUntil: 35_000 })
})

it('holds nothing at first, and looks at the clock only when it is shown one', () => {
  const held = createValueHolder<string>(limits)
  expect([held.at(1_000), held.peek()]).toEqual([undefined, undefined])
  held.hold({ value: 'one' }, 99_900, 100_000)
  expect(held.peek()).toMatchObject({ loadedAt: 100_000 })
})
