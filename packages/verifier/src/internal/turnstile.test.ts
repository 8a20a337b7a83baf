import { expect, it } from 'vitest'
import { createTurnstile } from './turnstile.js'

it('lets one group go on at once, and the others one after the other, with turns for other work in between', async () => {
  const turnstile = createTurnstile({ groupSize: 2 })
  const seen: string[] = []
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => turnstile.pass().then(() => seen.push(name)))
  await Promise.resolve()
  expect(seen).toEqual(['a', 'b'])
  const timer = setInterval(() => seen.push('other work'), 1)
  await Promise.all(all)
  clearInterval(timer)
  expect(seen.filter((name) => name !== 'other work')).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(seen.indexOf('c')).toBeLessThan(seen.indexOf('e'))
})

it('lets the next group go on at once when the last has gone', async () => {
  const turnstile = createTurnstile({ groupSize: 1 })
  await turnstile.pass()
  await turnstile.pass()
  await new Promise((resolve) => setTimeout(resolve, 5))
  let hasPassed = false
  void turnstile.pass().then(() => (hasPassed = true))
  await Promise.resolve()
  expect(hasPassed).toBe(true)
})
