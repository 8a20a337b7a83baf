import { expect, test } from 'vitest'
import { createRequestLogBuffer } from './request-log-buffer.js'

test('keeps the last 10,000 requests', () => {
  const log = createRequestLogBuffer()
  for (let timeMs = 0; timeMs < 10_001; timeMs++) log.add({ timeMs, method: 'GET', path: '/', endpoint: undefined })

  expect(log.entries.length).toBe(10_000)
  expect(log.entries[0]?.timeMs).toBe(1)
})

test('adds the status once there is one', () => {
  const log = createRequestLogBuffer()
  log.add({ timeMs: 0, method: 'GET', path: '/', endpoint: 'jwks' }).answer(304)

  expect(log.entries).toEqual([{ timeMs: 0, method: 'GET', path: '/', endpoint: 'jwks', status: 304 }])
})

test('keeps 256 characters of a path', () => {
  const log = createRequestLogBuffer()
  for (const length of [256, 257]) log.add({ timeMs: 0, method: 'GET', path: 'p'.repeat(length), endpoint: undefined })

  expect(log.entries.map(({ path }) => path)).toEqual(['p'.repeat(256), `${'p'.repeat(255)}…`])
})
