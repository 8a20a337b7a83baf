import { decodeJwt, exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import type { IssuerClient, MockIssuer } from '../src/index.js'
import { createBrowser } from './browser.js'

const redirectUri = 'https://app.example.com/callback'
const payment = { type: 'payment', amount: { currency: 'EUR', value: '42.00' } }

function options(issuer: MockIssuer): client.DiscoveryRequestOptions {
  return { [client.customFetch]: (url, init) => issuer.fetch(url, init as RequestInit), execute: [client.allowInsecureRequests] }
}

async function discover(issuer: MockIssuer, clientId: string, authentication: client.ClientAuth): Promise<client.Configuration> {
  return client.discovery(new URL(issuer.issuer), clientId, undefined, authentication, options(issuer))
}

/** Logs john in at a URL that the library made, and returns the URL that the browser is sent back to. */
async function logInAt(issuer: MockIssuer, url: URL): Promise<URL> {
  const page = await createBrowser(issuer.fetch).open(url)
  const { response } = await page.submit({ user: 'john' })
  return new URL(response.headers.get('location') ?? 'about:blank')
}

async function createChecks() {
  const [pkceCodeVerifier, expectedState, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }
  return { parameters, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

const signing = await generateKeyPair('ES256')
const jwks = { keys: [await exportJWK(signing.publicKey)] }
const clients: readonly IssuerClient[] = [
  { clientId: 'public', redirectUris: [redirectUri], jwks },
  { clientId: 'signing', tokenEndpointAuthMethod: 'private_key_jwt', redirectUris: [redirectUri], jwks },
  { clientId: 'secret', clientSecret: 'a-secret', redirectUris: [redirectUri], requirePushedAuthorizationRequests: true },
]

const ways = [
  { clientId: 'signing', authentication: client.PrivateKeyJwt(signing.privateKey) },
  { clientId: 'public', authentication: client.None() },
  { clientId: 'secret', authentication: client.ClientSecretBasic('a-secret') },
]

test.each(ways)('openid-client pushes a request of the client $clientId, and completes code and PKCE with it', async (way) => {
  const issuer = await createMockIssuer({ clients, resources: ['https://orders.example.com'], authorizationDetailsTypes: ['payment'] })
  const config = await discover(issuer, way.clientId, way.authentication)
  const { parameters, checks } = await createChecks()
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    ...parameters,
    resource: 'https://orders.example.com',
    authorization_details: JSON.stringify([payment]),
  })
  const tokens = await client.authorizationCodeGrant(config, await logInAt(issuer, url), checks)

  expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
  expect(tokens.claims()).toMatchObject({ sub: 'john', aud: way.clientId, nonce: checks.expectedNonce })
  expect(tokens.authorization_details).toEqual([payment])
  expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: 'https://orders.example.com', authorization_details: [payment] })
})

test.each(['in the browser', 'pushed'])('openid-client signs a request that is sent %s', async (way) => {
  const issuer = await createMockIssuer({ clients })
  const config = await discover(issuer, 'public', client.None())
  const { parameters, checks } = await createChecks()
  const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, signing.privateKey)
  const url = way === 'pushed' ? await client.buildAuthorizationUrlWithPAR(config, signed.searchParams) : signed
  const tokens = await client.authorizationCodeGrant(config, await logInAt(issuer, url), checks)

  expect(tokens.claims()).toMatchObject({ sub: 'john', aud: 'public' })
})

test('openid-client is told why a pushed request is refused', async () => {
  const issuer = await createMockIssuer({ clients })
  const config = await discover(issuer, 'public', client.None())
  const { parameters } = await createChecks()

  await expect(client.buildAuthorizationUrlWithPAR(config, { ...parameters, resource: 'orders' })).rejects.toMatchObject({
    error: 'invalid_target',
    status: 400,
  })
})

test('openid-client reads what a form posts', async () => {
  const issuer = await createMockIssuer({ clients })
  const config = await discover(issuer, 'public', client.None())
  const { parameters, checks } = await createChecks()
  const url = client.buildAuthorizationUrl(config, { ...parameters, response_mode: 'form_post' })
  const page = await createBrowser(issuer.fetch).open(url)
  const { html } = await page.submit({ user: 'john' })
  const fields = [...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  const posted = new Request(redirectUri, { method: 'POST', body: new URLSearchParams(fields) })

  expect((await client.authorizationCodeGrant(config, posted, checks)).claims()?.sub).toBe('john')
})

test('openid-client registers a client, and logs a user in as that client', async () => {
  const issuer = await createMockIssuer({ initialAccessToken: 'registration-token' })
  const metadata = { redirect_uris: [redirectUri], client_name: 'New app', grant_types: ['authorization_code', 'refresh_token'] }
  const registered = { initialAccessToken: 'registration-token', ...options(issuer) }
  const config = await client.dynamicClientRegistration(new URL(issuer.issuer), metadata, client.ClientSecretBasic(), registered)
  const { parameters, checks } = await createChecks()
  const url = await client.buildAuthorizationUrlWithPAR(config, parameters)
  const tokens = await client.authorizationCodeGrant(config, await logInAt(issuer, url), checks)
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')

  expect(config.clientMetadata()).toMatchObject({ client_name: 'New app', client_id: expect.stringMatching(/^[\da-f-]{36}$/) })
  expect(tokens.claims()?.aud).toBe(config.clientMetadata().client_id)
  expect(decodeJwt(refreshed.access_token).sub).toBe('john')
})

test('openid-client is told that a registration is refused', async () => {
  const issuer = await createMockIssuer({ initialAccessToken: 'registration-token' })
  const refused = client.dynamicClientRegistration(new URL(issuer.issuer), { redirect_uris: [redirectUri] }, undefined, options(issuer))

  await expect(refused).rejects.toMatchObject({ status: 401 })
})
