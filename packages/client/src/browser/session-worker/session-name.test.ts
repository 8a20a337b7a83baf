import { expect, test } from 'vitest'
import { sessionName } from './session-name.js'
import type { SessionSettings } from './session-worker.js'

const settings = { issuer: 'https://login.example.com', clientId: 'shop', redirectUri: 'https://shop.example.com/' }
const api = 'https://api.example.com'
const nameOf = (changes: Partial<SessionSettings>) => sessionName({ ...settings, ...changes })

test.each([
  ['issuer', { issuer: 'https://other.example.com' }],
  ['client', { clientId: 'other' }],
  ['resource', { resource: api }],
  ['further resource', { resource: [api, 'https://payments.example.com'] }],
])('a session of another %s is another session', (_title, changes) => {
  expect(nameOf(changes)).not.toBe(nameOf({}))
  expect(nameOf(changes)).not.toBe(nameOf({ resource: 'https://third.example.com' }))
})

test('it is the same however the resource is written, and whatever else is changed', () => {
  expect(nameOf({ resource: [api] })).toBe(nameOf({ resource: api }))
  expect(nameOf({ resource: [] })).toBe(nameOf({}))
  expect(nameOf({ scope: 'openid orders_read', redirectUri: `${settings.redirectUri}callback`, dpop: 'never' })).toBe(nameOf({}))
})
