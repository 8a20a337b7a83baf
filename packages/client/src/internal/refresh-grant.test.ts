import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import type { Fetch } from '@bailiwick/protocol'
import { expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'
import { TokenSet } from '../token-set.js'

async function setUp(fetchOf: (issuer: MockIssuer) => Fetch = (issuer) => issuer.fetch) {
  const issuer = await createMockIssuer({ now: () => 1_800_000_000_000 })
  const client = appOf(issuer, { fetch: fetchOf(issuer) })
  return { issuer, client, tokens: await loggedIn(issuer) }
}

test('gives new tokens, a new refresh token among them', async () => {
  const { client, tokens, issuer } = await setUp()
  issuer.clock.advanceSeconds(60)
  const renewed = await client.refresh(tokens)
  expect(renewed.accessToken).not.toBe(tokens.accessToken)
  expect(renewed.refreshToken).not.toBe(tokens.refreshToken)
  expect([renewed.scope, renewed.receivedAt - tokens.receivedAt]).toEqual([tokens.scope, 60])
})

test('keeps the refresh token where the server sends none', async () => {
  const { client, tokens } = await setUp((issuer) => async (url, init) => {
    const answer = await issuer.fetch(url, init)
    if (!url.endsWith('/token')) return answer
    return Response.json({ ...((await answer.json()) as object), refresh_token: undefined })
  })
  expect((await client.refresh(tokens)).refreshToken).toBe(tokens.refreshToken)
})

test('asks for less where that is wanted', async () => {
  const { client, tokens } = await setUp()
  expect((await client.refresh(tokens, { scope: 'openid' })).scope).toBe('openid')
})

test('ends the session when the refresh token is not good any more', async () => {
  const { client, tokens } = await setUp()
  await client.refresh(tokens)
  await expect(client.refresh(tokens)).rejects.toMatchObject({ code: 'session_ended', oauthError: { error: 'invalid_grant' } })
})

test('ends the session where there is no refresh token, and asks nobody', async () => {
  const { client, tokens, issuer } = await setUp()
  const before = issuer.requests.length
  const without = new TokenSet({ ...TokenSet.membersOf(tokens), refreshToken: undefined })
  await expect(client.refresh(without)).rejects.toMatchObject({
    code: 'session_ended',
    oauthError: undefined,
    message: expect.stringContaining('offline_access'),
  })
  expect(issuer.requests.length).toBe(before)
})

test.each<[string, () => Response, string]>([
  ['an outage', () => new Response(null, { status: 503 }), 'server_unavailable'],
  ['an outage that says invalid_grant', () => Response.json({ error: 'invalid_grant' }, { status: 500 }), 'server_unavailable'],
  ['too many requests', () => Response.json({ error: 'invalid_grant' }, { status: 429 }), 'server_unavailable'],
  ['temporarily_unavailable', () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 }), 'server_unavailable'],
  ['a client that is not known', () => Response.json({ error: 'invalid_client' }, { status: 401 }), 'request_refused'],
  ['a scope too many', () => Response.json({ error: 'invalid_scope' }, { status: 400 }), 'request_refused'],
  ['a client that may not', () => Response.json({ error: 'unauthorized_client' }, { status: 400 }), 'request_refused'],
  ['a page', () => new Response('<h1>invalid_grant</h1>', { status: 400 }), 'response_invalid'],
  ['a page that says 403', () => new Response('blocked', { status: 403 }), 'response_invalid'],
  [
    'a page in the place of tokens',
    () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }),
    'response_invalid',
  ],
  ['text that is no JSON', () => new Response('{', { headers: { 'content-type': 'application/json' } }), 'response_invalid'],
  ['another type', () => Response.json({ access_token: 'a', token_type: 'mac' }), 'response_invalid'],
])('%s ends no session', async (_, answer, code) => {
  const { client, tokens } = await setUp((issuer) => async (url, init) => (url.endsWith('/token') ? answer() : issuer.fetch(url, init)))
  const told = expect.not.stringContaining('undefined') as string
  await expect(client.refresh(tokens)).rejects.toMatchObject({ code, message: told })
})

test('a session without an ID token is refreshed as one of nobody', async () => {
  const { client, tokens } = await setUp()
  const { idToken: _, claims: __, ...members } = TokenSet.membersOf(tokens)
  const renewed = await client.refresh(new TokenSet(members))
  expect([renewed.accessToken === tokens.accessToken, renewed.claims?.sub]).toEqual([false, 'john'])
})

test('sends the tokens of another client nowhere', async () => {
  const { client, tokens, issuer } = await setUp()
  const before = issuer.requests.length
  const foreign = new TokenSet({ ...TokenSet.membersOf(tokens), issuer: 'https://other.example.com' })
  await expect(client.refresh(foreign)).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(issuer.requests.length).toBe(before)
})
