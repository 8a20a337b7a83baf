import { expect, test } from 'vitest'
import { createClock } from './clock.js'

test('follows the time that it was given, until it is moved and from there on', () => {
  const source = { nowMs: 1_000 }
  const { now, advanceSeconds, setMs } = createClock(() => source.nowMs)
  expect(now()).toBe(1_000)
  advanceSeconds(2.5)
  expect(now()).toBe(3_500)
  advanceSeconds(-1)
  expect(now()).toBe(2_500)
  source.nowMs += 10
  expect(now()).toBe(2_510)
  setMs(0)
  source.nowMs += 10
  expect(now()).toBe(10)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('cannot be moved by %d', (value) => {
  const clock = createClock()
  expect(() => clock.advanceSeconds(value)).toThrow('clock.advanceSeconds() takes a finite number')
  expect(() => clock.setMs(value)).toThrow('clock.setMs() takes a finite number')
})

test('has no time that a Date cannot have', () => {
  const source = { nowMs: 0 }
  const { now, advanceSeconds, setMs } = createClock(() => source.nowMs)
  for (const tooFar of [1e16, -1e16, 8.64e15 + 1]) {
    expect(() => setMs(tooFar)).toThrow('within 8640000000000000 milliseconds of the epoch')
    expect(() => advanceSeconds(tooFar)).toThrow('within 8640000000000000 milliseconds of the epoch')
  }
  expect(now()).toBe(0)
  setMs(8.64e15)
  source.nowMs += 5
  expect(now()).toBe(8.64e15)
  setMs(-8.64e15)
  expect(now()).toBe(-8.64e15)
})
