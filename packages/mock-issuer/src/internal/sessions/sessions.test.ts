import { expect, test } from 'vitest'
import { needsConsent, rememberConsent } from './session.js'
import { createSessions } from './sessions.js'

const level = { acr: 'urn:example:pwd' }
const john = { sub: 'john', authTimeSeconds: 1, level }

function start() {
  const clock = { nowMs: 0 }
  return { clock, sessions: createSessions({ sessionTtlSeconds: 60, now: () => clock.nowMs }) }
}

test('finds a session by its cookie, and not by its public id', () => {
  const { sessions } = start()
  const { session, cookie } = sessions.start(john, undefined)

  expect(sessions.find(cookie)).toBe(session)
  expect(sessions.find(session.id)).toBe(undefined)
  expect(sessions.find(undefined)).toBe(undefined)
})

test('goes on with the session of a user who logs in again, for another while, and takes the cookie of before no more', () => {
  const { clock, sessions } = start()
  const first = sessions.start(john, undefined)
  clock.nowMs = 59_000
  const second = sessions.start({ ...john, authTimeSeconds: 59, level: { acr: 'urn:example:mfa' } }, first.cookie)
  clock.nowMs = 100_000

  expect(second.session).toBe(first.session)
  expect(second.session).toMatchObject({ authTimeSeconds: 59, level: { acr: 'urn:example:mfa' } })
  expect(sessions.find(first.cookie)).toBe(undefined)
  expect(sessions.find(second.cookie)).toBe(first.session)
})

test('keeps another user out of the session of before', () => {
  const { sessions } = start()
  const first = sessions.start(john, undefined)
  const second = sessions.start({ ...john, sub: 'jane' }, first.cookie)

  expect(second.session.id).not.toBe(first.session.id)
  expect(first.session.sub).toBe('john')
  expect(sessions.ofUser('john')).toEqual([first.session])
})

test('ends a session once', () => {
  const { sessions } = start()
  const { session, cookie } = sessions.start(john, undefined)

  expect([sessions.end(session), sessions.end(session)]).toEqual([true, false])
  expect(sessions.find(cookie)).toBe(undefined)
  expect(sessions.ofUser('john')).toEqual([])
  expect(sessions.start(john, cookie).session).not.toBe(session)
})

test('forgets the oldest of more than 1,000 sessions', () => {
  const { sessions } = start()
  const cookies = Array.from({ length: 1_001 }, () => sessions.start(john, undefined).cookie)

  expect(sessions.find(cookies[0])).toBe(undefined)
  expect(sessions.find(cookies[1])?.sub).toBe('john')
})

test('remembers what each client was granted, within bounds', () => {
  const { session } = start().sessions.start(john, undefined)
  expect(needsConsent(session, 'app', [])).toBe(true)
  rememberConsent(session, 'app', ['openid'])
  rememberConsent(session, 'app', ['email'])

  expect(needsConsent(session, 'app', ['openid', 'email'])).toBe(false)
  expect(needsConsent(session, 'app', ['phone'])).toBe(true)
  expect(needsConsent(session, 'other', ['openid'])).toBe(true)

  rememberConsent(
    session,
    'app',
    Array.from({ length: 1_000 }, (_, index) => `payment:${index}`),
  )
  expect(session.clients.get('app')?.size).toBe(1_000)
  expect(needsConsent(session, 'app', ['openid'])).toBe(true)
  for (let index = 0; index < 1_000; index += 1) rememberConsent(session, `client-${index}`, [])
  expect(session.clients.size).toBe(1_000)
  expect(session.clients.has('app')).toBe(false)
})
