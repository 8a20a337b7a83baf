import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { codeForm, logIn, post } from '../../test/code-flow.js'
import { createMockIssuer } from '../create-mock-issuer.js'
import { createLiveUsers } from './live-users.js'

const users = [{ sub: 'john', name: 'John', claims: { account_nr: '42', roles: ['clerk'] } }, { sub: 'jane' }]

test('gives the token of the next refresh the claims that a user has by then', async () => {
  const issuer = await createMockIssuer({ users })
  const code = (await logIn(issuer)).get('code')
  const first = await (await post(issuer, '/token', codeForm(code))).json()
  issuer.users.update('john', { claims: { account_nr: '43' } })
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: first.refresh_token }
  const second = await (await post(issuer, '/token', refresh)).json()

  expect(decodeJwt(first.access_token)).toMatchObject({ account_nr: '42', roles: ['clerk'] })
  const claims = decodeJwt(second.access_token)
  expect(claims).toMatchObject({ sub: 'john', account_nr: '43' })
  expect(Object.keys(claims)).not.toContain('roles')
})

test('refuses a refresh that the contract no longer allows', async () => {
  const contract = { audience: 'api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const issuer = await createMockIssuer({ users, contract })
  const code = (await logIn(issuer)).get('code')
  const { refresh_token } = await (await post(issuer, '/token', codeForm(code))).json()
  issuer.users.update('john', { claims: {} })
  const response = await post(issuer, '/token', { grant_type: 'refresh_token', client_id: 'app', refresh_token })

  expect(await response.json()).toMatchObject({ error: 'invalid_scope' })
})

test('shows a change on the login page and at userinfo', async () => {
  const issuer = await createMockIssuer({ users })
  issuer.users.update('jane', { name: 'Jane Doe', description: 'Auditor' })
  const token = await issuer.accessToken({ sub: 'jane', scope: 'openid profile' })
  const response = await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })

  expect(await response.json()).toEqual({ sub: 'jane', name: 'Jane Doe' })
  expect(issuer.users.list().map(({ name }) => name)).toEqual(['John', 'Jane Doe'])
})

test('changes neither the sub nor the object that was configured', () => {
  const live = createLiveUsers(users)
  const changes = { sub: 'mallory', claims: {} }
  live.update('john', changes)

  expect(live.find('john')).toEqual({ sub: 'john', name: 'John', claims: {} })
  expect(live.find('mallory')).toBe(undefined)
  expect(users[0]?.claims).toEqual({ account_nr: '42', roles: ['clerk'] })
})

test('leaves as it is what a change does not name', () => {
  const live = createLiveUsers(users)

  expect(live.update('john', { description: 'Trader' })).toEqual({ ...users[0], description: 'Trader' })
})

test('names the users that there are when it is asked for another one', () => {
  const live = createLiveUsers(users)

  expect(() => live.update('jim', {})).toThrow(
    expect.objectContaining({ code: 'unknown_user', message: 'There is no configured user "jim"; there are john, jane.' }),
  )
})

test.each([null, [], 'admin', 1])('does not take %j for claims', (claims) => {
  const live = createLiveUsers(users)

  expect(() => live.update('john', { claims: claims as unknown as Record<string, unknown> })).toThrow(
    expect.objectContaining({ code: 'invalid_option' }),
  )
})

test('goes on with the same object for a user that a new configuration has too', () => {
  const before = createLiveUsers(users)
  const john = before.find('john')
  const after = createLiveUsers([{ sub: 'john', claims: { account_nr: '7' } }], before)

  expect(after.find('john')).toBe(john)
  expect(john).toEqual({ sub: 'john', claims: { account_nr: '7' } })
  expect(after.find('jane')).toBe(undefined)
})
