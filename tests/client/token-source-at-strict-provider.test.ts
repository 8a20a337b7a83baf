import { type ClientOptions, createClient, createTokenSource, type IdTokenClaims, type TokenSet } from '@bailiwick/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redirectUri, startStrictProvider, type StrictProvider } from './strict-provider.js'
import { createWebBrowser } from './web-browser.js'

let server: StrictProvider

beforeAll(async () => {
  server = await startStrictProvider()
})
afterAll(() => server.close())

/** Signs in as john, and agrees. */
const agree = (page: string): Record<string, string> =>
  page.includes('value="login"') ? { prompt: 'login', login: 'john', password: 'any' } : { prompt: 'consent' }

/** A session of a client whose clock the test moves. */
async function session(options: Pick<ClientOptions, 'clientId' | 'authentication' | 'dpop' | 'requestObject'>) {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const client = createClient({ issuer: server.issuer, redirectUri, scope: 'openid offline_access', now, ...options })
  const { url, transaction } = await client.startLogin({ prompt: 'consent' })
  const callback = await createWebBrowser().goUntil(url, redirectUri, agree)
  const outcome = await client.completeLogin({ callback, transaction })
  if (outcome.kind !== 'logged-in') throw new Error(outcome.kind, { cause: outcome })
  const kept: TokenSet<IdTokenClaims>[] = []
  const grant = {
    type: 'refresh_token',
    tokens: outcome.tokens,
    onTokens: (each: TokenSet<IdTokenClaims>) => void kept.push(each),
  } as const
  return { client, clock, kept, source: createTokenSource({ client, grant, now }), login: outcome.tokens }
}

const tokenRequests = () => server.paths.filter((path) => path === '/token').length

test.each<[string, () => Pick<ClientOptions, 'clientId' | 'authentication' | 'dpop' | 'requestObject'>]>([
  ['public, with DPoP and nonces', () => ({ clientId: 'app', authentication: { method: 'none' }, dpop: {} })],
  [
    'confidential, with bearer tokens',
    () => ({ clientId: 'shop', authentication: { method: 'client_secret_basic', clientSecret: server.clients.shop.secret } }),
  ],
  [
    'with a key, signed requests and DPoP',
    () => ({
      clientId: 'wallet',
      authentication: { method: 'private_key_jwt', privateKey: () => server.clients.wallet.privateKey },
      requestObject: { privateKey: server.clients.wallet.privateKey },
      dpop: {},
    }),
  ],
])('a session survives rotation with reuse detection, a thousand asking at each expiry: %s', async (_, options) => {
  const { client, clock, kept, source, login } = await session(options())
  const refreshTokens = new Set([login.refreshToken])
  for (let time = 1; time <= 3; time += 1) {
    clock.aheadMs += 300_000
    const before = tokenRequests()
    const given = new Set(await Promise.all(Array.from({ length: 1000 }, () => source.getTokens())))
    expect([given.size, kept.length]).toEqual([1, time])
    // It is the client's clock alone that jumps: its first assertion is out of time, and is made anew.
    expect(tokenRequests() - before).toBeLessThanOrEqual(client.clientId === 'wallet' ? 2 : 1)
    for (const { refreshToken } of given) refreshTokens.add(refreshToken)
  }
  expect(refreshTokens.size).toBe(4)
})

test('two sources with the same refresh token end the session, and ask no more', async () => {
  const { client, clock, login, source } = await session({ clientId: 'app', authentication: { method: 'none' }, dpop: {} })
  const now = () => Date.now() + clock.aheadMs
  const other = createTokenSource({ client, grant: { type: 'refresh_token', tokens: login }, now })
  clock.aheadMs += 300_000
  await source.getAccessToken()
  await expect(other.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
  clock.aheadMs += 300_000
  await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
  const before = tokenRequests()
  await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
  await expect(other.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
  expect(tokenRequests()).toBe(before)
})
