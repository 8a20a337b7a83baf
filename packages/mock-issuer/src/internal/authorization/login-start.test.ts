import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl } from '../../../test/code-flow.js'
import { authorize, logInWith, redeem, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const users = [
  { sub: 'john', name: 'John', profile: { email: 'john@example.com' } },
  { sub: 'jane', name: 'Jane' },
]
const redirectUris = ['http://127.0.0.1:3000/callback']
const clients = [
  { clientId: 'app', redirectUris },
  { clientId: 'other', redirectUris },
  { clientId: 'own', redirectUris, consent: 'implied' as const },
]

// Where auth_time counts the time must not go on by itself.
const nowMs = 1_800_000_000_000

async function loggedIn(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ users, clients, authorizationDetailsTypes: ['payment'], now: () => nowMs, ...options })
  const browser = createBrowser(issuer.fetch)
  return { issuer, browser, first: await logInWith(browser, issuer) }
}

describe('prompt=none', () => {
  test('gives a code without a page, for the login of before', async () => {
    const { issuer, browser, first } = await loggedIn()
    issuer.clock.advanceSeconds(1_000)
    const answer = await authorize(browser, issuer, { prompt: 'none' })
    const { idToken } = await redeem(issuer, redirectOf(answer)['code'])

    expect(answer.response.status).toBe(303)
    expect(idToken).toMatchObject({ sub: 'john', sid: first.idToken['sid'], auth_time: first.idToken['auth_time'] })
    expect(idToken.iat).toBe((first.idToken.iat ?? 0) + 1_000)
  })

  test.each([
    ['login_required', 'nobody is logged in', {}],
    ['login_required', 'the login is too old', { max_age: '9' }],
    ['login_required', 'max_age is 0', { max_age: '0' }],
    ['login_required', 'a stronger login is asked for', { acr_values: 'urn:example:mfa' }],
    ['unmet_authentication_requirements', 'the issuer does not know the level', { acr_values: 'unknown' }],
    ['consent_required', 'the scope was not granted yet', { scope: 'openid email' }],
    ['consent_required', 'the client was not let in yet', { client_id: 'other' }],
    ['consent_required', 'there are details to grant', { authorization_details: '[{"type":"payment"}]' }],
    ['account_selection_required', 'another user is hinted at', { login_hint: 'jane' }],
    ['invalid_request', 'the id_token_hint is not one of this issuer', { id_token_hint: 'x.y.z' }],
  ])('ends in %s when %s', async (error, reason, changes) => {
    const { issuer, browser } = await loggedIn()
    issuer.clock.advanceSeconds(10)
    const used = reason === 'nobody is logged in' ? createBrowser(issuer.fetch) : browser
    const answer = await authorize(used, issuer, { prompt: 'none', ...changes })

    expect(redirectOf(answer)).toEqual({ error, error_description: expect.any(String), state: 'state-1', iss: issuer.issuer })
  })

  test('ends in login_required when the id_token_hint is of another user, and in a code when it is of this one', async () => {
    const { issuer, browser, first } = await loggedIn()
    const jane = await issuer.idToken({ sub: 'jane' })

    expect(redirectOf(await authorize(browser, issuer, { prompt: 'none', id_token_hint: jane }))['error']).toBe('login_required')
    const answer = redirectOf(await authorize(browser, issuer, { prompt: 'none', id_token_hint: first.rawIdToken }))
    expect(answer['code']).toMatch(/^[\w-]{43}$/)
  })

  test('asks a client of the house for no consent', async () => {
    const { issuer, browser } = await loggedIn()
    const answer = await authorize(browser, issuer, { prompt: 'none', client_id: 'own', login_hint: 'john@example.com' })

    expect(redirectOf(answer)['code']).toMatch(/^[\w-]{43}$/)
  })

  test('ends in interaction_required when the contract does not allow the user a token', async () => {
    const contract = { audience: 'api', scopes: { orders_read: { claims: ['account_nr'] } } }
    const { issuer, browser } = await loggedIn({ contract })
    const answer = await authorize(browser, issuer, { client_id: 'own', prompt: 'none', scope: 'openid orders_read' })

    expect(redirectOf(answer)['error']).toBe('interaction_required')
  })

  test('ends in login_required when the session is over', async () => {
    const { issuer, browser } = await loggedIn({ sessionTtlSeconds: 60 })
    issuer.clock.advanceSeconds(59)
    expect(redirectOf(await authorize(browser, issuer, { prompt: 'none' }))['code']).toMatch(/^[\w-]{43}$/)
    issuer.clock.advanceSeconds(1)
    expect(redirectOf(await authorize(browser, issuer, { prompt: 'none' }))['error']).toBe('login_required')
  })
})

describe('a login without a page', () => {
  test('is that of the user whom the header names', async () => {
    const issuer = await createMockIssuer({ users })
    const answer = await issuer.fetch(authorizationUrl(issuer, { scope: 'openid' }), { headers: { 'mock-user': 'john' } })
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''

    expect(answer.status).toBe(303)
    expect((await redeem(issuer, code)).idToken.sub).toBe('john')
  })

  test('is that of autoLogin, unless the header names another', async () => {
    const issuer = await createMockIssuer({ users, autoLogin: 'john' })
    const browser = createBrowser(issuer.fetch)
    const first = await redeem(issuer, redirectOf(await authorize(browser, issuer))['code'])
    const jane = await browser.open(authorizationUrl(issuer, { scope: 'openid' }), { headers: { 'mock-user': 'jane' } })

    expect(first.idToken.sub).toBe('john')
    expect((await redeem(issuer, redirectOf(jane)['code'])).idToken.sub).toBe('jane')
  })

  test.each([
    ['the user whom the login_hint names', { login_hint: 'jane' }, {}, 'jane'],
    ['the user whose profile has it', { login_hint: 'john@example.com' }, {}, 'john'],
    ['autoLogin, for a hint of nobody who is configured', { login_hint: 'ann' }, {}, 'mary'],
    ['the header, whatever is hinted at', { login_hint: 'jane' }, { 'mock-user': 'john' }, 'john'],
  ])('is, with autoLogin, that of %s', async (_, changes, headers, sub) => {
    const issuer = await createMockIssuer({ users, autoLogin: 'mary' })
    const answer = await createBrowser(issuer.fetch).open(authorizationUrl(issuer, { scope: 'openid', ...changes }), { headers })

    expect((await redeem(issuer, redirectOf(answer)['code'])).idToken.sub).toBe(sub)
  })

  test('is not that of the login_hint alone: the page asks', async () => {
    const issuer = await createMockIssuer({ users })

    expect((await authorize(createBrowser(issuer.fetch), issuer, { login_hint: 'jane' })).response.status).toBe(200)
  })

  test('is not that of autoLogin for a client that registered itself, whose redirect URI is not on this machine', async () => {
    const issuer = await createMockIssuer({ users, autoLogin: 'john' })
    const ask = async (uri: string, headers: Record<string, string> = {}) => {
      const registered = await issuer.fetch(`${issuer.issuer}/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: [uri], token_endpoint_auth_method: 'none' }),
      })
      const { client_id } = await registered.json()
      const answer = await issuer.fetch(authorizationUrl(issuer, { client_id, redirect_uri: uri, scope: 'openid' }), { headers })
      return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() }
    }
    const stranger = await ask('https://evil.example.com/')

    expect([stranger.status, stranger.location]).toEqual([200, null])
    expect(stranger.html).toContain('evil.example.com')
    expect((await ask('http://127.0.0.1:3000/')).location).toMatch(/^http:\/\/127\.0\.0\.1:3000\/\?code=/)
    // No page of another site can send the header.
    expect((await ask('https://new.example.com/', { 'mock-user': 'jane' })).location).toMatch(/^https:\/\/new\.example\.com\/\?code=/)
  })

  test('goes on with the session that the user has, unless a new login is asked for', async () => {
    const issuer = await createMockIssuer({ users, autoLogin: 'john', now: () => nowMs })
    const browser = createBrowser(issuer.fetch)
    const first = await redeem(issuer, redirectOf(await authorize(browser, issuer))['code'])
    issuer.clock.advanceSeconds(100)
    const second = await redeem(issuer, redirectOf(await authorize(browser, issuer))['code'])
    const anew = await redeem(issuer, redirectOf(await authorize(browser, issuer, { prompt: 'login' }))['code'])

    expect(second.idToken['auth_time']).toBe(first.idToken['auth_time'])
    expect(anew.idToken['auth_time']).toBe(Number(first.idToken['auth_time']) + 100)
    expect(anew.idToken['sid']).toBe(first.idToken['sid'])
  })

  test('is refused by prompt=none, by the contract, and by an id_token_hint of another user', async () => {
    const contract = { audience: 'api', scopes: { orders_read: { claims: ['account_nr'] } } }
    const issuer = await createMockIssuer({ users, contract, autoLogin: 'john' })
    const errorOf = async (changes: Record<string, string>) =>
      redirectOf(await authorize(createBrowser(issuer.fetch), issuer, changes))['error']

    expect(await errorOf({ prompt: 'none' })).toBe('login_required')
    expect(await errorOf({ scope: 'orders_read' })).toBe('access_denied')
    expect(await errorOf({ id_token_hint: await issuer.idToken({ sub: 'jane' }) })).toBe('login_required')
  })

  test('is refused for a name that cannot be a sub', async () => {
    const issuer = await createMockIssuer({ users })
    const answer = await issuer.fetch(authorizationUrl(issuer, { scope: 'openid' }), { headers: { 'mock-user': 'jöhn' } })

    expect(answer.status).toBe(400)
  })
})
