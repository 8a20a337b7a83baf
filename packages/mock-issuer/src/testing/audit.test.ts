import { expect, test } from 'vitest'
import { checkAudited } from './audit.js'
import { recordEvents } from './record-events.js'

const allowed = {
  kind: 'allowed',
  method: 'GET',
  path: '/orders',
  principal: { sub: 'john', clientId: 'app' },
  guard: { guard: 'scope', names: ['a', 'b'] },
}
const failed = { kind: 'authentication_failed', code: 'invalid_token', method: 'GET', path: '/orders' }
const events = [allowed, failed]

test('finds an event by some of what it says, also of its principal', () => {
  checkAudited(events)
  checkAudited(events, { kind: 'allowed', sub: 'john', clientId: 'app' })
  checkAudited(events, { guard: { names: ['a', 'b'] } })
  checkAudited(events, { kind: 'authentication_failed', sub: undefined, path: /^\/ord/ })
  checkAudited(events, { code: expect.stringContaining('token') as unknown })
})

test.each([
  [
    { kind: 'allowed', sub: 'jane' },
    'The closest, allowed (sub: john, clientId: app, method: GET, path: /orders), differs: sub is "john", and not "jane".',
  ],
  [{ kind: 'allowed', code: 'x' }, 'code is undefined, and not "x"'],
  [{ guard: { names: ['a'] } }, 'guard.names is ["a","b"], and not ["a"]'],
  [{ kind: 'allowed', path: /^\/x/ }, 'path is "/orders", and not "/^\\\\/x/"'],
  [{ principal: { sub: 'john', age: 5 } }, 'principal.age is undefined, and not 5'],
])('says how the closest event differs from %j', (expected, hint) => {
  expect(() => checkAudited(events, expected)).toThrow(hint)
})

test('lists what was reported', () => {
  expect(() => checkAudited(events, { kind: 'denied' })).toThrow(
    'Reported were:\n  allowed (sub: john, clientId: app, method: GET, path: /orders)\n  authentication_failed (code: invalid_token, method: GET, path: /orders)',
  )
  expect(() => checkAudited([], { kind: 'denied' })).toThrow('Expected an event with {"kind":"denied"}.\nNo event was reported.')
})

test('can show what is no JSON', () => {
  const cause: { self?: unknown } = {}
  cause.self = cause
  const unusual = [{ ...failed, cause }]
  expect(() => checkAudited(unusual, { cause: 1n })).toThrow('cause is an object, and not "1"')
})

test('looks at a recorder too, which keeps the last 10,000 events', () => {
  const audit = recordEvents<{ kind: string; count: number }>()
  const { onEvent } = audit
  for (let count = 0; count < 10_001; count++) onEvent({ kind: 'allowed', count })

  checkAudited(audit, { count: 10_000 })
  expect([audit.events.length, audit.events[0]?.count]).toEqual([10_000, 1])
  audit.clear()
  expect(() => checkAudited(audit)).toThrow('No event was reported.')
})

test('refuses what are no events', () => {
  expect(() => checkAudited({ events: 5 } as never)).toThrow('These are no events')
  expect(() => checkAudited(new Map() as never)).toThrow('These are no events')
})
