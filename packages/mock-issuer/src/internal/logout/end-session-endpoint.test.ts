import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import type { OpenPage } from '../../../test/browser.js'
import { post } from '../../../test/code-flow.js'
import { authorize, logInWith, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const redirectUris = ['http://127.0.0.1:3000/callback']
const home = 'https://app.example.com/bye'
const clients = [
  {
    clientId: 'app',
    name: 'Orders',
    redirectUris,
    postLogoutRedirectUris: [home, 'https://app.example.com/bye?keep=1', 'com.example.app:/bye'],
  },
  { clientId: 'other', redirectUris, postLogoutRedirectUris: ['https://other.example.com/'] },
]

async function loggedIn() {
  const issuer = await createMockIssuer({ clients, users: [{ sub: 'john', name: 'John' }] })
  const browser = createBrowser(issuer.fetch)
  const { rawIdToken, idToken, refreshToken } = await logInWith(browser, issuer, { scope: 'openid' })
  const open = (parameters: Record<string, string>, by = browser): Promise<OpenPage> =>
    by.open(`${issuer.issuer}/logout?${new URLSearchParams(parameters).toString()}`)
  const isLoggedIn = async (): Promise<boolean> => 'code' in redirectOf(await authorize(browser, issuer, { prompt: 'none' }))
  return { issuer, browser, hint: rawIdToken, idToken, refreshToken, open, isLoggedIn }
}

const locationOf = ({ response }: OpenPage): string | null => response.headers.get('location')

describe('a good id_token_hint', () => {
  test('logs out at once, and sends the user back with the state', async () => {
    const { open, hint, isLoggedIn } = await loggedIn()
    const answer = await open({ id_token_hint: hint, post_logout_redirect_uri: home, state: 's 1' })

    expect(answer.response.status).toBe(303)
    expect(locationOf(answer)).toBe(`${home}?state=s+1`)
    expect(answer.response.headers.getSetCookie()[0]).toMatch(
      /^mock_issuer_session_[0-9a-f]{8}=; Path=\/mock-issuer; Max-Age=0; HttpOnly; SameSite=Lax$/,
    )
    expect(await isLoggedIn()).toBe(false)
  })

  test('may have expired', async () => {
    const { issuer, open, hint, isLoggedIn } = await loggedIn()
    issuer.clock.advanceSeconds(3_600)
    const answer = await open({
      id_token_hint: hint,
      client_id: 'app',
      post_logout_redirect_uri: 'https://app.example.com/bye?keep=1',
      state: 's',
    })

    expect(locationOf(answer)).toBe('https://app.example.com/bye?keep=1&state=s')
    expect(await isLoggedIn()).toBe(false)
  })

  test('logs out by POST too', async () => {
    const { issuer, browser, hint, isLoggedIn } = await loggedIn()
    const body = new URLSearchParams({ id_token_hint: hint })
    const answer = await browser.open(`${issuer.issuer}/logout`, { method: 'POST', body })

    expect(answer.html).toContain('You are logged out')
    expect(await isLoggedIn()).toBe(false)
  })

  test('by POST without the cookie, which browsers keep from other sites, comes again by GET', async () => {
    const { issuer, hint } = await loggedIn()
    const answer = await post(issuer, '/logout', { id_token_hint: hint, state: 's' })

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(
      `${issuer.issuer}/logout?${new URLSearchParams({ id_token_hint: hint, state: 's' }).toString()}`,
    )
  })

  test('ends no session of another browser', async () => {
    const { issuer, open, hint, isLoggedIn } = await loggedIn()
    const answer = await open({ id_token_hint: hint, post_logout_redirect_uri: home }, createBrowser(issuer.fetch))

    expect(locationOf(answer)).toBe(home)
    expect(await isLoggedIn()).toBe(true)
  })
})

describe('the user is asked', () => {
  test.each([
    ['nothing tells whom it is about', async () => ({})],
    [
      'the hint is of another user',
      async (issuer: Awaited<ReturnType<typeof createMockIssuer>>) => ({
        id_token_hint: await issuer.idToken({ sub: 'jane', aud: 'app' }),
      }),
    ],
    ['the hint is of another session', async (issuer) => ({ id_token_hint: await issuer.idToken({ aud: 'app', sid: 'another' }) })],
    [
      'the hint is of a client that has no part in the session',
      async (issuer) => ({ id_token_hint: await issuer.idToken({ aud: 'other' }) }),
    ],
    ['the hint is of another issuer', async () => ({ id_token_hint: await (await createMockIssuer({ clients })).idToken() })],
    ['the hint names another issuer', async (issuer) => ({ id_token_hint: await issuer.idToken({ iss: 'https://evil.example' }) })],
    ['the hint is an access token', async (issuer) => ({ id_token_hint: await issuer.accessToken({ aud: 'app' }) })],
    ['the hint is a logout token', async (issuer) => ({ id_token_hint: await issuer.logoutToken({ aud: 'app' }) })],
    ['the hint was signed by nobody', async () => ({ id_token_hint: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2huIn0.' })],
  ] satisfies [string, (issuer: Awaited<ReturnType<typeof createMockIssuer>>) => Promise<Record<string, string>>][])(
    'when %s',
    async (_, parametersFor) => {
      const { issuer, open, isLoggedIn } = await loggedIn()
      const answer = await open(await parametersFor(issuer))

      expect(answer.response.status).toBe(200)
      expect(answer.html).toContain('Log out?')
      expect(answer.html).toContain('You are logged in as John.')
      expect(await isLoggedIn()).toBe(true)
    },
  )

  test('and is logged out and sent back on saying so', async () => {
    const { open, isLoggedIn } = await loggedIn()
    const page = await open({ client_id: 'app', post_logout_redirect_uri: 'com.example.app:/bye', state: 's' })
    const answer = await page.submit({ action: 'log-out' })

    expect(page.response.headers.get('content-security-policy')).toContain('com.example.app:')
    expect(locationOf(answer)).toBe('com.example.app:/bye?state=s')
    expect(await isLoggedIn()).toBe(false)
    expect((await page.submit({ action: 'log-out' })).response.status).toBe(400)
  })

  test('and stays logged in on saying so', async () => {
    const { open, isLoggedIn } = await loggedIn()
    const answer = await (await open({})).submit({ action: 'stay' })

    expect(answer.html).toContain('You are still logged in')
    expect(await isLoggedIn()).toBe(true)
  })

  test('and no other browser can answer', async () => {
    const { issuer, open, isLoggedIn } = await loggedIn()
    const page = await open({})
    const logout = /name="logout" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const answer = await post(issuer, '/logout/confirm', { logout, action: 'log-out' })

    expect(answer.status).toBe(403)
    expect(await isLoggedIn()).toBe(true)
  })

  test('for ten minutes', async () => {
    const { issuer, open } = await loggedIn()
    const page = await open({})
    issuer.clock.advanceSeconds(600)

    expect((await page.submit({ action: 'log-out' })).response.status).toBe(400)
  })
})

describe('nothing is done, and nobody is sent anywhere, when', () => {
  test.each([
    ['the redirect URI is not registered', { client_id: 'app', post_logout_redirect_uri: 'https://evil.example/' }],
    ['the redirect URI is almost registered', { client_id: 'app', post_logout_redirect_uri: `${home}/` }],
    ['the redirect URI is of another client', { client_id: 'app', post_logout_redirect_uri: 'https://other.example.com/' }],
    ['the redirect URI is for logins', { client_id: 'app', post_logout_redirect_uri: 'http://127.0.0.1:3000/callback' }],
    ['nothing tells whose redirect URI it is', { post_logout_redirect_uri: home }],
    ['the client is unknown', { client_id: 'nobody' }],
    ['a bad hint is all that tells whose redirect URI it is', { id_token_hint: 'x.y.z', post_logout_redirect_uri: home }],
  ])('%s', async (_, parameters) => {
    const { open, isLoggedIn } = await loggedIn()
    const answer = await open(parameters)

    expect(answer.response.status).toBe(400)
    expect(locationOf(answer)).toBe(null)
    expect(await isLoggedIn()).toBe(true)
  })

  test('the client_id is not the one of the hint', async () => {
    const { open, hint, isLoggedIn } = await loggedIn()

    expect((await open({ id_token_hint: hint, client_id: 'other' })).response.status).toBe(400)
    expect(await isLoggedIn()).toBe(true)
  })

  test('a parameter comes twice', async () => {
    const { issuer, browser, isLoggedIn } = await loggedIn()
    const answer = await browser.open(`${issuer.issuer}/logout?client_id=app&state=a&state=b`)

    expect(answer.response.status).toBe(400)
    expect(await isLoggedIn()).toBe(true)
  })
})

test('publishes where to log out, and how clients are told', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect(metadata).toMatchObject({
    end_session_endpoint: `${issuer.issuer}/logout`,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  })
})
