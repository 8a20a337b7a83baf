import { expect, test } from 'vitest'
import { ClientError } from '../../client-error.js'
import { createBackoff } from './backoff.js'

const down = (retryAfterSeconds?: number) => new ClientError('server_unavailable', 'It is down.', { retryAfterSeconds })

test('pauses double from a second to thirty', () => {
  const backoff = createBackoff(() => 0)
  expect(Array.from({ length: 7 }, () => backoff.fail(down(), 0) / 1000)).toEqual([1, 2, 4, 8, 16, 30, 30])
  backoff.succeed()
  expect(backoff.fail(down(), 0)).toBe(1000)
})

test('a pause is up to half as long again, and never shorter than the server asked for', () => {
  const backoff = createBackoff(() => 0.99)
  expect(backoff.fail(down(), 0)).toBeCloseTo(1495)
  expect(backoff.fail(down(60), 0)).toBeGreaterThan(60_000)
})

test('during a pause the failure says how long it is yet', () => {
  const backoff = createBackoff(() => 0)
  backoff.fail(down(20), 0)
  expect(backoff.error(5500)).toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 15 })
  expect(backoff.error(19_999)).toMatchObject({ retryAfterSeconds: 1 })
})

test('a refusal says so too, and is what it was otherwise', () => {
  const backoff = createBackoff(() => 0)
  const refused = new ClientError('request_refused', 'No.', { oauthError: { error: 'invalid_scope' } })
  backoff.fail(refused, 0)
  backoff.fail(refused, 0)
  expect(backoff.error(0)).toMatchObject({
    code: 'request_refused',
    message: 'No.',
    oauthError: { error: 'invalid_scope' },
    retryAfterSeconds: 2,
    cause: refused,
  })
})

test('what a function of the app has thrown is repeated as it was', () => {
  const backoff = createBackoff(() => 0)
  const thrown = new Error('no assertion')
  backoff.fail(thrown, 0)
  expect(backoff.error(0)).toBe(thrown)
})
