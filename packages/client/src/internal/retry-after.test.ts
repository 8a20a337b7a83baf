import { expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after.js'

const now = Date.UTC(2026, 0, 1, 12)

test.each([
  ['0', 0],
  ['30', 30],
  ['3601', 3600],
  ['999999999', 3600],
  ['Thu, 01 Jan 2026 12:00:30 GMT', 30],
  ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ['Fri, 01 Jan 2027 12:00:00 GMT', 3600],
])('reads %s as %i seconds', (value, seconds) => {
  expect(parseRetryAfter(value, now)).toBe(seconds)
})

test.each([null, '', '-1', '1.5', '1e3', ' 5', '9999999999', 'soon'])('reads nothing from %j', (value) => {
  expect(parseRetryAfter(value, now)).toBe(undefined)
})
