import { expect, it } from 'vitest'
import { createTurnstile } from './turnstile.js'

it('lets one group go on at once, and the others one after the other, with turns for other work in between', async () => {
  const turnstile = createTurnstile({ groupSize: 2 })
  const seen: string[] = []
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => turnstile.pass().then(() => seen.push(name)))
  await Promise.resolve()
  expect(seen).toEqual(['a', 'b'])
  setTimeout(() => seen.push('other work'), 0)
  await Promise.all(all)
  // The first group goes on at once; the turn after it was asked for before that of the other work, the next one after it.
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'other work', 'e'])
})

it('lets the next group go on at once when the last has gone', async () => {
  const turnstile = createTurnstile({ groupSize: 1 })
  await turnstile.pass()
  await turnstile.pass()
  // Timers of one length end in the order in which they were set, and that of the last group is set when the first has ended.
  for (const _ of [1, 2]) await new Promise((resolve) => setTimeout(resolve, 0))
  let hasPassed = false
  void turnstile.pass().then(() => (hasPassed = true))
  await Promise.resolve()
  expect(hasPassed).toBe(true)
})
