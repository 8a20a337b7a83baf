import { type ClientOptions, createClient, registerClient } from '@bailiwick/client'
import { loginOnLoopback, type LoopbackLoginOutcome } from '@bailiwick/client/loopback'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeviceProvider, fillIn, startDeviceProvider } from './device-provider.js'
import { createWebBrowser, type WebBrowser } from './web-browser.js'

let server: DeviceProvider

beforeAll(async () => {
  server = await startDeviceProvider()
})
afterAll(() => server.close())

/** The server wants five seconds between two polls, which are real ones: the device is told one. */
const pollingSoon: ClientOptions['fetch'] = async (url, init) => {
  const response = await fetch(url, init)
  if (!url.endsWith('/device/auth')) return response
  return Response.json({ ...((await response.json()) as object), interval: 1 }, { status: response.status })
}

const clientOf = (options: Pick<ClientOptions, 'clientId' | 'dpop'>) =>
  createClient({
    issuer: server.issuer,
    authentication: { method: 'none' },
    redirectUri: 'http://127.0.0.1/callback',
    pushedAuthorizationRequests: 'never',
    fetch: pollingSoon,
    scope: 'openid profile offline_access',
    ...options,
  })

/** The browser of the user, who signs in as john. */
async function openBrowser(address: string, browser: WebBrowser = createWebBrowser()): Promise<void> {
  const url = (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? ''
  const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? ''
  await fetch(await browser.goUntil(url, redirectUri, (page) => fillIn(page, '', 'yes')))
}

function tokensOf<Claims>(outcome: LoopbackLoginOutcome<Claims>) {
  if (outcome.kind === 'logged-in') return outcome.tokens
  throw new Error(`it ended as ${outcome.kind}`, { cause: outcome })
}

describe.each([
  ['a public client', { clientId: 'tool' }],
  ['a public client with DPoP and signed userinfo', { clientId: 'bound', dpop: {} }],
] as const)('%s', (_, options) => {
  test('logs in at a port that the server was never told of, asks who it is, and refreshes', async () => {
    const client = clientOf(options)
    const tokens = tokensOf(await loginOnLoopback({ client, openBrowser, login: { prompt: 'consent' } }))
    expect(tokens).toMatchObject({ tokenType: 'dpop' in options ? 'DPoP' : 'Bearer', claims: { sub: 'john' } })
    expect(await client.userInfo(tokens)).toMatchObject({ sub: 'john', name: 'John' })
    expect((await client.refresh(tokens)).claims).toMatchObject({ sub: 'john' })
  })

  test('revokes, and has no session after that', async () => {
    const client = clientOf(options)
    const tokens = tokensOf(await loginOnLoopback({ client, openBrowser, login: { prompt: 'consent' } }))
    await client.revoke(tokens)
    await expect(client.refresh(tokens)).rejects.toMatchObject({ code: 'session_ended' })
    await expect(client.userInfo(tokens)).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_token' } })
  })
})

describe('on another device', () => {
  test('logs in', async () => {
    const client = clientOf({ clientId: 'tool' })
    const login = await client.startDeviceLogin()
    expect(login.verificationUri).toBe(`${server.issuer}/device`)
    await server.decide(login.verificationUri, login.userCode, 'yes')
    const outcome = await login.complete()
    expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { claims: { sub: 'john' } } })
  })

  test('is refused', async () => {
    const login = await clientOf({ clientId: 'bound', dpop: {} }).startDeviceLogin()
    const done = server.decide(login.verificationUri, login.userCode, 'no').catch(() => {})
    expect(await login.complete()).toEqual({ kind: 'refused' })
    await done
  })
})

test('logs out at the server, which sends the browser on', async () => {
  const client = clientOf({ clientId: 'tool' })
  const browser = createWebBrowser()
  const tokens = tokensOf(await loginOnLoopback({ client, openBrowser: (url) => openBrowser(url, browser) }))
  const url = await client.logoutUrl({ tokens, postLogoutRedirectUri: 'https://shop.example.com/bye', state: 'x y' })
  const fill = (page: string) => ({ xsrf: /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '', logout: 'yes' })
  expect((await browser.goUntil(url ?? '', 'https://shop.example.com/bye', fill)).href).toBe('https://shop.example.com/bye?state=x+y')
})

describe('registration', () => {
  const metadata = {
    client_name: 'Nightly',
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
  }

  test('makes a client that gets tokens', async () => {
    const registration = await registerClient({ issuer: server.issuer, metadata, initialAccessToken: server.initialAccessToken })
    const client = createClient({
      issuer: server.issuer,
      clientId: registration.clientId,
      authentication: { method: 'client_secret_basic', clientSecret: registration.clientSecret ?? '' },
    })
    expect((await client.clientCredentials()).tokenType).toBe('Bearer')
    expect(registration.registrationClientUri).toBe(`${server.issuer}/reg/${registration.clientId}`)
  })

  test('is refused without the token of those who may', async () => {
    const refused = registerClient({ issuer: server.issuer, metadata, initialAccessToken: 'another' })
    await expect(refused).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_token' } })
  })
})
