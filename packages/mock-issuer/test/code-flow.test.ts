import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { createMockIssuer, MockIssuerError } from '../src/index.js'
import type { MockIssuer } from '../src/index.js'
import type { InProcessFetch } from '../src/internal/http/in-process-fetch.js'
import { createBrowser } from './browser.js'
import { discover, through } from './oauth4webapi.js'

const contract = {
  audience: 'orders-api',
  scopes: { orders_read: { description: 'Read orders', claims: ['account_nr'] }, orders_write: { claims: ['account_nr'] } },
}
const users = [{ sub: 'john', name: 'John', claims: { account_nr: '42' }, profile: { email: 'john@example.com' } }]
const redirectUri = 'https://app.example.com/callback'
const clients = [
  { clientId: 'spa', redirectUris: [redirectUri] },
  { clientId: 'server app', clientSecret: 'p+ss: w&rd%', redirectUris: [redirectUri] },
]
const options = { contract, users, clients }

/** Runs the flow as the unmodified client library drives it. */
async function runCodeFlow(issuer: string, fetch: InProcessFetch, client: oauth.Client, authentication: oauth.ClientAuth): Promise<void> {
  const http = through(fetch)
  const server = await discover(issuer, http, 'oauth2')

  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const url = new URL(server.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'openid email orders_read orders_write',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const page = await createBrowser(fetch).open(url)
  const { response } = await page.submit({ user: 'john' })

  const callback = oauth.validateAuthResponse(server, client, new URL(response.headers.get('location') ?? ''), state)
  const redeemed = await oauth.authorizationCodeGrantRequest(server, client, authentication, callback, redirectUri, verifier, http)
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, redeemed, { expectedNonce: nonce, requireIdToken: true })
  expect(tokens.scope).toBe('openid email orders_read orders_write')
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ iss: issuer, sub: 'john', aud: client.client_id, nonce })

  const userinfo = await oauth.userInfoRequest(server, client, tokens.access_token, http)
  expect(await oauth.processUserInfoResponse(server, client, 'john', userinfo)).toEqual({ sub: 'john', email: 'john@example.com' })

  const request = new Request('https://api.example.com/orders', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  const accepted = await oauth.validateJwtAccessToken(server, request, 'orders-api', http)
  expect(accepted).toMatchObject({ sub: 'john', client_id: client.client_id, account_nr: '42' })

  const narrowed = { ...http, additionalParameters: { scope: 'orders_read' } }
  const refreshed = await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token ?? '', narrowed)
  const newer = await oauth.processRefreshTokenResponse(server, client, refreshed)
  expect(newer.scope).toBe('orders_read')
  expect(newer.refresh_token).not.toBe(tokens.refresh_token)

  const resourceServer = { client_id: 'server app' }
  const secret = oauth.ClientSecretBasic('p+ss: w&rd%')
  const introspect = async (token: string) =>
    oauth.processIntrospectionResponse(
      server,
      resourceServer,
      await oauth.introspectionRequest(server, resourceServer, secret, token, http),
    )
  expect(await introspect(newer.access_token)).toMatchObject({ active: true, scope: 'orders_read', sub: 'john', aud: 'orders-api' })

  const revoked = await oauth.revocationRequest(server, client, authentication, newer.refresh_token ?? '', http)
  expect(await oauth.processRevocationResponse(revoked)).toBe(undefined)
  expect(await introspect(newer.access_token)).toEqual({ active: false })
  expect(await introspect(tokens.access_token)).toEqual({ active: false })
}

const authentications = [
  { method: 'none', client: { client_id: 'spa' }, authentication: oauth.None() },
  { method: 'client_secret_basic', client: { client_id: 'server app' }, authentication: oauth.ClientSecretBasic('p+ss: w&rd%') },
  { method: 'client_secret_post', client: { client_id: 'server app' }, authentication: oauth.ClientSecretPost('p+ss: w&rd%') },
]

describe.each(authentications)('the code flow of oauth4webapi with $method', ({ client, authentication }) => {
  test('completes in process, without a socket', async () => {
    const issuer = await createMockIssuer(options)
    await runCodeFlow(issuer.issuer, issuer.fetch, client, authentication)
  })

  test('completes over a socket', async () => {
    const issuer: MockIssuer = await createMockIssuer(options)
    const server = await issuer.listen()
    try {
      await runCodeFlow(server.url, fetch, client, authentication)
    } finally {
      await server.close()
    }
  })

  test('completes over a socket under a path', async () => {
    const socket = await (await createMockIssuer()).listen()
    await socket.close()
    const issuer = await createMockIssuer({ ...options, issuer: `${socket.url}/tenants/one`, algorithm: 'EdDSA' })
    const server = await issuer.listen({ port: socket.port })
    try {
      await runCodeFlow(issuer.issuer, fetch, client, authentication)
    } finally {
      await server.close()
    }
  })
})

test('issues a client its own token, as oauth4webapi asks for it', async () => {
  const issuer = await createMockIssuer({
    ...options,
    clients: [{ ...clients[1], clientId: 'job', clientSecret: 's', claims: { account_nr: '1' } }],
  })
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const client = { client_id: 'job' }
  const scope = new URLSearchParams({ scope: 'orders_read' })
  const response = await oauth.clientCredentialsGrantRequest(server, client, oauth.ClientSecretBasic('s'), scope, http)

  const tokens = await oauth.processClientCredentialsResponse(server, client, response)
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'orders_read' })
  expect(Object.keys(tokens)).not.toContain('refresh_token')
})

test('an error of its own can be told by its class and code', () => {
  expect(new MockIssuerError('contract_broken', 'why')).toMatchObject({ name: 'MockIssuerError', code: 'contract_broken', message: 'why' })
})
