import { expect, test } from 'vitest'
import './issuer-test.js'

const unauthorized = new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
const forbidden = { statusCode: 403, headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="orders_read"' } }
const unavailable = { status: 503, headers: { 'retry-after': '5' } }
const events = [{ kind: 'denied', principal: { sub: 'john' } }]

test('are there as soon as the module was imported', () => {
  expect(unauthorized).toBeUnauthorized({ error: 'invalid_token' })
  expect(forbidden).toBeForbidden({ scope: 'orders_read' })
  expect(unavailable).toBeUnavailable({ retryAfterSeconds: 5 })
  expect(events).toHaveBeenAudited({ kind: 'denied', sub: expect.any(String) as unknown })
})

test('can be expected not to match', () => {
  expect(unauthorized).not.toBeForbidden()
  expect(forbidden).not.toBeUnauthorized()
  expect(unauthorized).not.toBeUnavailable()
  expect(events).not.toHaveBeenAudited({ kind: 'allowed' })
})

test('say what is wrong', () => {
  expect(() => expect(unauthorized).toBeUnauthorized({ error: null })).toThrow(
    'Expected the answer to be unauthorized with no error, but there is the error "invalid_token":\n\n  HTTP 401',
  )
  expect(() => expect(forbidden).not.toBeForbidden({ scope: 'orders_read' })).toThrow(
    'Expected the answer not to be forbidden for want of the scope "orders_read", and it is:\n\n  HTTP 403',
  )
  expect(() => expect(unauthorized).toBeUnavailable()).toThrow('the status is 401, and not 503')
  expect(() => expect(events).not.toHaveBeenAudited({ sub: 'john' })).toThrow('Expected no event with {"sub":"john"}.')
})

test('work on what a promise gives', async () => {
  await expect(Promise.resolve(unauthorized)).resolves.toBeUnauthorized()
})
