import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.js'

const noon = Date.UTC(2026, 0, 1, 12)
const dated = (ms: number, more: Record<string, string> = {}) => new Headers({ date: new Date(ms).toUTCString(), ...more })

function clockAt(start: number) {
  let now = start
  return { clock: createServerClock(() => now), advance: (ms: number) => void (now += ms) }
}

test('is the clock of this machine while nothing else is known', () => {
  const { clock } = clockAt(noon + 999)
  expect([clock.now(), clock.serverSeconds(), clock.aheadMs()]).toEqual([noon + 999, noon / 1000, 0])
})

test.each([-600_000, 600_000])('learns a difference of %i ms, and keeps it as time goes by', (difference) => {
  const { clock, advance } = clockAt(noon)
  clock.learn(dated(noon + difference), noon)
  advance(60_000)
  expect(clock.serverSeconds()).toBe((noon + 60_000 + difference) / 1000)
  expect(clock.now()).toBe(noon + 60_000)
})

test('takes the time half way between question and answer', () => {
  const { clock, advance } = clockAt(noon)
  advance(20_000)
  clock.learn(dated(noon + 100_000), noon)
  expect(clock.aheadMs()).toBe(90_000)
})

test('takes a difference below five seconds for none, so that one that was corrected is forgotten', () => {
  const { clock } = clockAt(noon)
  clock.learn(dated(noon + 600_000), noon)
  clock.learn(dated(noon + 4000), noon)
  expect(clock.aheadMs()).toBe(0)
})

test.each([
  ['no date', new Headers()],
  ['a date that is none', new Headers({ date: 'tomorrow' })],
  ['an answer that a cache has kept', dated(noon - 300_000, { age: '300' })],
])('learns nothing from %s', (_, headers) => {
  const { clock } = clockAt(noon)
  clock.learn(headers, noon)
  expect(clock.aheadMs()).toBe(0)
})

test('learns nothing from an answer over which the machine slept, or its clock was set back', () => {
  const slept = clockAt(noon)
  slept.advance(86_400_000)
  slept.clock.learn(dated(noon), noon)
  const setBack = clockAt(noon)
  setBack.advance(-3_600_000)
  setBack.clock.learn(dated(noon), noon)
  expect([slept.clock.aheadMs(), setBack.clock.aheadMs()]).toEqual([0, 0])
})
