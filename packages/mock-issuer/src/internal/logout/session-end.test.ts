import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { post } from '../../../test/code-flow.js'
import { authorize, logInWith, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const redirectUris = ['http://127.0.0.1:3000/callback']
const clients = [
  { clientId: 'app', redirectUris, backchannelLogoutUri: 'https://app.example.com/logout' },
  {
    clientId: 'second',
    redirectUris,
    backchannelLogoutUri: 'https://second.example.com/logout',
    frontchannelLogoutUri: 'https://second.example.com/out;a,b?x=1',
  },
  { clientId: 'silent', redirectUris },
  { clientId: 'absent', redirectUris, backchannelLogoutUri: 'https://absent.example.com/logout' },
]

/** An issuer with a login, whose clients' servers answer as told; every post to them is kept. */
async function start(
  answer: (url: string) => Response | Promise<Response> = () => new Response(null, { status: 200 }),
  options: MockIssuerOptions = {},
) {
  const posts: { url: string; init: RequestInit | undefined }[] = []
  const issuer = await createMockIssuer({
    clients,
    users: [{ sub: 'john' }, { sub: 'jane' }],
    fetch: async (url, init) => {
      posts.push({ url, init })
      return answer(url)
    },
    ...options,
  })
  const browser = createBrowser(issuer.fetch)
  const first = await logInWith(browser, issuer)
  const isLoggedIn = async (): Promise<boolean> => 'code' in redirectOf(await authorize(browser, issuer, { prompt: 'none' }))
  return { issuer, browser, first, posts, isLoggedIn }
}

function tokenOf(init: RequestInit | undefined): string {
  const body = typeof init?.body === 'string' ? init.body : ''
  return new URLSearchParams(body).get('logout_token') ?? ''
}

describe('the back channel', () => {
  test('posts a logout token to each client of the session', async () => {
    const { issuer, browser, first, posts } = await start()
    await logInWith(browser, issuer, { client_id: 'second' })
    await logInWith(browser, issuer, { client_id: 'silent' })
    const sid = String(first.idToken['sid'])
    const [logout] = await issuer.logOut('john')

    expect(posts.map(({ url }) => url).toSorted()).toEqual(['https://app.example.com/logout', 'https://second.example.com/logout'])
    expect(logout).toEqual({
      timeMs: expect.any(Number),
      sub: 'john',
      sessionId: sid,
      notices: [
        { clientId: 'app', sessionId: sid, outcome: 'delivered', status: 200 },
        { clientId: 'second', sessionId: sid, outcome: 'delivered', status: 200 },
      ],
    })
    expect(issuer.logouts).toEqual([logout])
  })

  test('has a token that is signed, typed, and says who logged out where, and nothing else', async () => {
    const { issuer, first, posts } = await start()
    await issuer.logOut('john')
    const token = tokenOf(posts[0]?.init)
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.jwks()), {
      typ: 'logout+jwt',
      issuer: issuer.issuer,
      audience: 'app',
    })

    expect(posts[0]?.init).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'logout+jwt' })
    expect(payload).toEqual({
      iss: issuer.issuer,
      aud: 'app',
      sub: 'john',
      sid: first.idToken['sid'],
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 120,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
  })

  test.each([
    ['delivered', 204],
    ['refused', 400],
    ['refused', 302],
    ['refused', 500],
  ])('says that a notice was %s for the status %d, and the session ends all the same', async (outcome, status) => {
    const { issuer, isLoggedIn } = await start(() => new Response(null, { status }))
    const [logout] = await issuer.logOut('john')

    expect(logout?.notices).toMatchObject([{ clientId: 'app', outcome, status }])
    expect(await isLoggedIn()).toBe(false)
  })

  test('says that a client could not be reached, or did not answer in time', async () => {
    const unreachable = await start(() => Promise.reject(new TypeError('fetch failed')))
    const silent = await start(() => new Promise<never>(() => {}), { backchannelLogoutTimeoutMs: 1 })

    for (const { issuer, isLoggedIn } of [unreachable, silent]) {
      const [logout] = await issuer.logOut('john')
      expect(logout?.notices).toMatchObject([{ clientId: 'app', outcome: 'unreachable' }])
      expect(await isLoggedIn()).toBe(false)
    }
  })

  test('is used by a logout in the browser too', async () => {
    const { issuer, browser, first, posts } = await start()
    await browser.open(`${issuer.issuer}/logout?${new URLSearchParams({ id_token_hint: first.rawIdToken }).toString()}`)

    expect(posts.map(({ url }) => url)).toEqual(['https://app.example.com/logout'])
    expect(issuer.logouts).toMatchObject([{ sub: 'john', notices: [{ outcome: 'delivered' }] }])
  })
})

describe('logOut', () => {
  test('ends the user’s sessions in all browsers, once, and nobody else’s', async () => {
    const { issuer, isLoggedIn } = await start()
    await logInWith(createBrowser(issuer.fetch), issuer)
    const janes = createBrowser(issuer.fetch)
    await logInWith(janes, issuer, {}, { user: 'jane' })

    expect((await issuer.logOut('john')).length).toBe(2)
    expect(await issuer.logOut('john')).toEqual([])
    expect(await isLoggedIn()).toBe(false)
    expect(redirectOf(await authorize(janes, issuer, { prompt: 'none' }))['code']).toMatch(/^[\w-]{43}$/)
  })
})

describe('what was granted in the session', () => {
  const refresh = async (issuer: Awaited<ReturnType<typeof createMockIssuer>>, token: string): Promise<number> =>
    (await post(issuer, '/token', { grant_type: 'refresh_token', client_id: 'app', refresh_token: token })).status

  test('ends with it', async () => {
    const { issuer, first } = await start()
    const userinfo = async (): Promise<number> =>
      (await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization: `Bearer ${first.rawAccessToken}` } })).status
    expect(await userinfo()).toBe(200)
    await issuer.logOut('john')

    expect(await refresh(issuer, first.refreshToken)).toBe(400)
    expect(await userinfo()).toBe(401)
  })

  test('stays where offline_access was granted, until it is revoked', async () => {
    const { issuer, browser } = await start()
    const { refreshToken } = await logInWith(browser, issuer, { scope: 'openid offline_access' })
    await issuer.logOut('john')

    expect(await refresh(issuer, refreshToken)).toBe(200)
    expect(await refresh(issuer, refreshToken)).toBe(400)
  })

  test('is not redeemed after it: a code', async () => {
    const { issuer, browser } = await start()
    const { code = '' } = redirectOf(await (await authorize(browser, issuer)).submit({ user: 'john' }))
    await issuer.logOut('john')
    const form = {
      grant_type: 'authorization_code',
      client_id: 'app',
      redirect_uri: redirectUris[0] ?? '',
      code,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }

    expect((await post(issuer, '/token', form)).status).toBe(400)
  })
})

describe('the front channel', () => {
  test('loads the page of each client with iss and sid, may load nothing else, and leads on', async () => {
    const { issuer, browser, first } = await start(undefined, {
      clients: clients.map((client) => ({ ...client, postLogoutRedirectUris: ['https://app.example.com/'] })),
    })
    await logInWith(browser, issuer, { client_id: 'second' })
    const query = new URLSearchParams({ id_token_hint: first.rawIdToken, post_logout_redirect_uri: 'https://app.example.com/' })
    const { response, html } = await browser.open(`${issuer.issuer}/logout?${query.toString()}`)
    const sent = new URLSearchParams({ iss: issuer.issuer, sid: String(first.idToken['sid']) }).toString().replaceAll('&', '&amp;')

    expect(response.status).toBe(200)
    expect(html.match(/<iframe[^>]*>/g)).toEqual([
      `<iframe src="https://second.example.com/out;a,b?x=1&amp;${sent}" title="Logout of an application" hidden>`,
    ])
    expect(response.headers.get('content-security-policy')).toContain('; frame-src https://second.example.com/out%3Ba%2Cb; ')
    expect(response.headers.get('refresh')).toBe('2; url=https://app.example.com/')
    expect(html).toContain('href="https://app.example.com/"')
  })
})

test.each([
  [{ clientId: 'app', postLogoutRedirectUris: ['/bye'] }],
  [{ clientId: 'app', postLogoutRedirectUris: ['https://app.example.com/#x'] }],
  [{ clientId: 'app', postLogoutRedirectUris: ['javascript:alert(1)'] }],
  [{ clientId: 'app', postLogoutRedirectUris: ['file:///etc/passwd'] }],
  [{ clientId: 'app', frontchannelLogoutUri: 'com.example.app:/out' }],
  [{ clientId: 'app', backchannelLogoutUri: 'file:///etc/passwd' }],
])('refuses the client %j', async (client) => {
  await expect(createMockIssuer({ clients: [client] })).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(/^The option "clients\[0\]\.\w+LogoutUri|^The option "clients\[0\]\.postLogoutRedirectUris\[0\]/),
  })
})

test('refuses a time limit that cannot be one', async () => {
  await expect(createMockIssuer({ backchannelLogoutTimeoutMs: 0 })).rejects.toMatchObject({ code: 'invalid_option' })
})
