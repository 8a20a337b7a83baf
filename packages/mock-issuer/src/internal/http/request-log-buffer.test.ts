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
