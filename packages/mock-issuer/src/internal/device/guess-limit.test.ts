import { expect, test } from 'vitest'
import { createGuessLimit } from './guess-limit.js'

test('takes no code of a browser after 50 wrong ones, until ten minutes after the first of them', () => {
  let time = 0
  const limit = createGuessLimit({ now: () => time })
  for (let index = 0; index < 50; index += 1) {
    expect(limit.waitSeconds('guesser')).toBe(0)
    limit.countWrong('guesser')
    time += 1_000
  }

  expect(limit.waitSeconds('guesser')).toBe(550)
  expect([limit.waitSeconds('other'), limit.waitSeconds(undefined)]).toEqual([0, 0])
  time = 600_000
  expect(limit.waitSeconds('guesser')).toBe(0)
  limit.countWrong('guesser')
  expect(limit.waitSeconds('guesser')).toBe(1)
})

test('counts those without a cookie as one', () => {
  const limit = createGuessLimit({ now: () => 0 })
  for (let index = 0; index < 50; index += 1) limit.countWrong(undefined)

  expect([limit.waitSeconds(undefined), limit.waitSeconds('other')]).toEqual([600, 0])
})

test('takes no code at all after 500 wrong ones', () => {
  let time = 0
  const limit = createGuessLimit({ now: () => time })
  for (let index = 0; index < 499; index += 1) limit.countWrong(`browser-${index}`)
  expect(limit.waitSeconds('other')).toBe(0)
  limit.countWrong('browser-500')

  expect([limit.waitSeconds('other'), limit.waitSeconds(undefined)]).toEqual([600, 600])
  time = 600_000
  expect(limit.waitSeconds('other')).toBe(0)
})
