import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.js'
import { TokenSet } from '../token-set.js'

const issuer = 'https://login.example.com'
const app = { issuer, clientId: 'app', authentication: { method: 'none' } } as const
const metadata = { issuer, end_session_endpoint: 'https://login.example.com/logout?tenant=7' }
const client = createClient({ ...app, metadata })

function setOf(changes: Partial<TokenSet> = {}) {
  const members = { issuer, clientId: 'app', accessToken: 'a', tokenType: 'Bearer', receivedAt: 0, idToken: 'x.y.z', ...changes } as const
  return new TokenSet(members) as TokenSet<never>
}

test('says who asks, whose session it is and where to go on', async () => {
  const url = await client.logoutUrl({
    tokens: setOf(),
    postLogoutRedirectUri: 'https://app.example.com/bye?from=a&b',
    state: 'x y',
    uiLocales: ['de', 'en'],
  })
  expect(url?.startsWith('https://login.example.com/logout?')).toBe(true)
  expect(Object.fromEntries(new URL(url ?? '').searchParams)).toEqual({
    tenant: '7',
    client_id: 'app',
    id_token_hint: 'x.y.z',
    post_logout_redirect_uri: 'https://app.example.com/bye?from=a&b',
    state: 'x y',
    ui_locales: 'de en',
  })
})

test('is good without anything, and shows no access token', async () => {
  expect(await client.logoutUrl()).toBe('https://login.example.com/logout?tenant=7&client_id=app')
  expect(await client.logoutUrl({ tokens: setOf({ idToken: undefined, accessToken: 'secret' }) })).not.toContain('secret')
})

test('is nothing where the server has no logout', async () => {
  expect(await createClient({ ...app, metadata: { issuer } }).logoutUrl()).toBe(undefined)
})

test.each([
  ['javascript:alert(1)'],
  ['//example.org/'],
  ['/bye'],
  ['http://app.example.com/bye'],
  ['https://app.example.com/bye#there'],
  ['https://app.example.com\\@example.org'],
])('sends nobody to %s', async (postLogoutRedirectUri) => {
  await expect(client.logoutUrl({ postLogoutRedirectUri })).rejects.toMatchObject({ code: 'configuration_invalid' })
})

test('has no state for nowhere', async () => {
  await expect(client.logoutUrl({ state: 'x' })).rejects.toMatchObject({ code: 'configuration_invalid' })
})

test('shows no server the ID token of another', async () => {
  await expect(client.logoutUrl({ tokens: setOf({ issuer: 'https://other.example.com' }) })).rejects.toMatchObject({
    code: 'configuration_invalid',
  })
})

test('logs out at the server, which sends the browser on', async () => {
  const server = await createMockIssuer({
    clients: [
      { clientId: 'app', grantTypes: ['client_credentials'], clientSecret: 's', postLogoutRedirectUris: ['https://app.example.com/'] },
    ],
  })
  const real = createClient({ ...app, issuer: server.issuer, fetch: server.fetch })
  const url = await real.logoutUrl({ postLogoutRedirectUri: 'https://app.example.com/', state: 'x' })
  const answer = await server.fetch(url ?? '')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('https://app.example.com/?state=x')
})
