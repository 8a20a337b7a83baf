import { expect, test } from 'vitest'
import { createGuessLimit } from './guess-limit.js'

test('takes no code after 50 wrong ones, until ten minutes after the first of them', () => {
  let time = 0
  const limit = createGuessLimit({ now: () => time })
  for (let index = 0; index < 50; index += 1) {
    expect(limit.waitSeconds()).toBe(0)
    limit.countWrong()
    time += 1_000
  }

  expect(limit.waitSeconds()).toBe(550)
  time = 600_000
  expect(limit.waitSeconds()).toBe(0)
  limit.countWrong()
  expect(limit.waitSeconds()).toBe(1)
})
