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
