import { expect, it } from 'vitest'
import { createMemoryAnswerCache } from './memory-answer-cache.js'

const now = Date.UTC(2026, 0, 1)
const many = (member: unknown) => ({ active: true, claims: { note: Array.from({ length: 20_000 }, () => member) } }) as const

it.each([
  ['texts', many(''), 30],
  ['small objects', many({}), 15],
])('answers of many %s are kept in the memory that there is for them', async (_, statement, expected) => {
  const cache = createMemoryAnswerCache({ maxTtlMs: 60_000, now: () => now })
  const names = Array.from({ length: 30 }, (__, at) => `${at}`)
  for (const name of names) await cache.keep(name, '', { answer: { statement, askedAt: now, until: now + 1000 }, verdict: undefined })
  expect(names.filter((name) => cache.atHand?.(name) !== undefined)).toHaveLength(expected)
})
