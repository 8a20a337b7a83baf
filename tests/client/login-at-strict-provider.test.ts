import { type Client, type ClientOptions, createClient, type LoginOutcome, type StartLoginOptions } from '@bailiwick/client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ordersApi, redirectUri, startStrictProvider, type StrictProvider } from './strict-provider.js'
import { createWebBrowser, type WebBrowser } from './web-browser.js'

let server: StrictProvider

beforeAll(async () => {
  server = await startStrictProvider()
})
afterAll(() => server.close())

type Configured = Pick<ClientOptions, 'clientId' | 'authentication' | 'dpop' | 'requestObject'>

const configured: Record<string, () => Configured> = {
  'with a secret': () => ({
    clientId: 'shop',
    authentication: { method: 'client_secret_basic', clientSecret: server.clients.shop.secret },
  }),
  'with a secret, and DPoP': () => ({
    clientId: 'shop',
    authentication: { method: 'client_secret_basic', clientSecret: server.clients.shop.secret },
    dpop: {},
  }),
  'with a key, signed requests and DPoP': () => ({
    clientId: 'wallet',
    authentication: { method: 'private_key_jwt', privateKey: server.clients.wallet.privateKey },
    requestObject: { privateKey: server.clients.wallet.privateKey },
    dpop: {},
  }),
  'public, with DPoP': () => ({ clientId: 'app', authentication: { method: 'none' }, dpop: {} }),
}

const clientOf = (options: Configured): Client =>
  createClient({ issuer: server.issuer, redirectUri, scope: 'openid offline_access', ...options })

/** Signs in as john, and agrees. */
const agree = (page: string): Record<string, string> =>
  page.includes('value="login"') ? { prompt: 'login', login: 'john', password: 'any' } : { prompt: 'consent' }

async function logIn(client: Client, options: StartLoginOptions = {}, browser: WebBrowser = createWebBrowser()) {
  const started = await client.startLogin({ prompt: 'consent', ...options })
  const callback = await browser.goUntil(started.url, redirectUri, agree)
  return { callback, transaction: started.transaction }
}

function tokensOf<Claims>(outcome: LoginOutcome<Claims>) {
  if (outcome.kind === 'logged-in') return outcome.tokens
  throw new Error(`${outcome.kind}: ${JSON.stringify(outcome)}`, { cause: outcome })
}

describe.each(Object.keys(configured))('a client %s', (name) => {
  const options = () => configured[name]?.() ?? { clientId: '', authentication: { method: 'none' } }

  test('logs in at a server that requires PKCE, pushed requests and nonces', async () => {
    const client = clientOf(options())
    const pathsBefore = server.paths.length
    const tokens = tokensOf(await client.completeLogin(await logIn(client)))
    expect(tokens.claims).toMatchObject({ iss: server.issuer, sub: 'john', aud: client.clientId })
    expect(tokens.tokenType).toBe(options().dpop === undefined ? 'Bearer' : 'DPoP')
    expect(server.paths.slice(pathsBefore)).toContain('/request')
  })

  test('gets a token for one API', async () => {
    const client = clientOf(options())
    const login = await logIn(client, { resource: ordersApi, scope: 'openid offline_access orders_read' })
    const { accessToken, keyThumbprint } = tokensOf(await client.completeLogin(login))
    const claims = decodeJwt(accessToken)
    expect(claims).toMatchObject({ iss: server.issuer, aud: ordersApi, client_id: client.clientId, scope: 'orders_read' })
    expect(claims.cnf).toEqual(keyThumbprint === undefined ? undefined : { jkt: keyThumbprint })
  })

  test('finds a reloaded callback stale', async () => {
    const client = clientOf(options())
    const login = await logIn(client)
    tokensOf(await client.completeLogin(login))
    expect(await client.completeLogin(login)).toEqual({ kind: 'stale', reason: 'code_spent', returnTo: '/' })
  })

  test('refreshes', async () => {
    const client = clientOf(options())
    const first = tokensOf(await client.completeLogin(await logIn(client)))
    const second = await client.refresh(first)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.claims).toMatchObject({ sub: 'john' })
  })
})

test('a refresh token that was used before ends the session, for whoever has the next one too', async () => {
  const client = clientOf(configured['with a key, signed requests and DPoP']?.() as Configured)
  const first = tokensOf(await client.completeLogin(await logIn(client)))
  const second = await client.refresh(first)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  await expect(client.refresh(first)).rejects.toMatchObject({ code: 'session_ended' })
  await expect(client.refresh(second)).rejects.toMatchObject({ code: 'session_ended' })
})

test('a code that was bound to one key is redeemed with no other (dpop_jkt)', async () => {
  const [mine, theirs] = [
    clientOf(configured['public, with DPoP']?.() as Configured),
    clientOf(configured['public, with DPoP']?.() as Configured),
  ]
  const { callback, transaction } = await logIn(mine)
  const { keyThumbprint: _mine, ...stolen } = JSON.parse(transaction) as Record<string, unknown>
  const { keyThumbprint } = JSON.parse((await theirs.startLogin()).transaction) as { keyThumbprint: string }
  const outcome = await theirs.completeLogin({ callback, transaction: JSON.stringify({ ...stolen, keyThumbprint }) })
  expect(outcome).toMatchObject({ kind: 'stale', reason: 'code_spent' })
})

test('max_age is asked for, and auth_time has to say so', async () => {
  const client = clientOf(configured['with a secret']?.() as Configured)
  const tokens = tokensOf(await client.completeLogin(await logIn(client, { maxAgeSeconds: 300 })))
  expect(Math.abs((tokens.claims?.auth_time ?? 0) - Date.now() / 1000)).toBeLessThan(60)
})

test('prompt=none is refused where nobody has logged in, and goes through where somebody has', async () => {
  const client = clientOf(configured['with a secret']?.() as Configured)
  const browser = createWebBrowser()
  expect(await client.completeLogin(await logIn(client, { prompt: 'none', scope: 'openid' }, browser))).toMatchObject({
    kind: 'refused',
    error: { error: 'login_required' },
  })
  tokensOf(await client.completeLogin(await logIn(client, {}, browser)))
  expect(await client.completeLogin(await logIn(client, { prompt: 'none', scope: 'openid' }, browser))).toMatchObject({ kind: 'logged-in' })
})

test('an API that the server does not know is refused when the request is pushed', async () => {
  const client = clientOf(configured['with a secret']?.() as Configured)
  await expect(client.startLogin({ resource: 'https://other.example.com' })).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_target' },
  })
})

test('a server that requires pushed requests is no place for a client that never does', async () => {
  const client = createClient({
    issuer: server.issuer,
    redirectUri,
    ...(configured['with a secret']?.() as Configured),
    pushedAuthorizationRequests: 'never',
  })
  await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
})
