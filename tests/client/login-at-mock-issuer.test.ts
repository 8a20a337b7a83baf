import { type ClientOptions, createClient } from '@bailiwick/client'
import { createMockIssuer, type ListeningIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import { decodeJwt, exportJWK, generateKeyPair } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { createWebBrowser } from './web-browser.js'

const redirectUri = 'https://app.example.com/callback'
const open: MockIssuer[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((issuer) => issuer[Symbol.asyncDispose]()))
})

/** An issuer on a socket of this machine, and a client that reaches it by the global `fetch`. */
async function listening(options: MockIssuerOptions = {}, configured: Partial<ClientOptions> = {}) {
  const issuer = await createMockIssuer(options)
  open.push(issuer)
  const server: ListeningIssuer = await issuer.listen()
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    redirectUri,
    dpop: {},
    timeoutMs: 500,
    ...configured,
  })
  const logIn = async (parameters: Parameters<typeof client.startLogin>[0] = {}) => {
    const started = await client.startLogin(parameters)
    const callback = await createWebBrowser().goUntil(started.url, redirectUri, (page) => ({
      login: /name="login" value="([^"]+)"/.exec(page)?.[1] ?? '',
      user: 'john',
    }))
    return { callback, transaction: started.transaction }
  }
  return { issuer, server, client, logIn }
}

test('logs in where requests must be pushed and proofs must have a nonce', async () => {
  const { client, logIn } = await listening({ requirePushedAuthorizationRequests: true, dpop: { nonce: 'required' } })
  expect(await client.completeLogin(await logIn({ returnTo: '/orders' }))).toMatchObject({
    kind: 'logged-in',
    returnTo: '/orders',
    tokens: { tokenType: 'DPoP', claims: { sub: 'john' } },
  })
})

test.each([
  ['resets the connection', { kind: 'reset' }],
  ['takes longer than there is time', { kind: 'hang' }],
  ['loses the connection in the middle', { kind: 'truncated' }],
  ['answers 500', { kind: 'status', status: 500, body: '<h1>Sorry</h1>' }],
  ['answers 503', { kind: 'status', status: 503, retryAfterSeconds: 3 }],
] as const)('a token endpoint that %s is an outage, and no end of anything', async (_what, fault) => {
  const { issuer, client, logIn } = await listening()
  const login = await logIn()
  issuer.faults.add({ endpoint: 'token', ...fault })
  expect(await client.completeLogin(login)).toMatchObject({ kind: 'unavailable', cause: { code: 'server_unavailable' } })
  issuer.faults.clear()
  expect(await client.completeLogin(await logIn())).toMatchObject({ kind: 'logged-in' })
})

test.each([
  ['a page', { kind: 'status', status: 200, body: '<h1>Welcome</h1>' }],
  ['half a document', { kind: 'truncated', how: 'body-cut' }],
  ['a document without end', { kind: 'huge' }],
  ['a redirect', { kind: 'redirect', location: 'https://attacker.example.org/token', status: 307 }],
] as const)('a token endpoint that answers with %s logs nobody in', async (_what, fault) => {
  const { issuer, client, logIn } = await listening()
  const login = await logIn()
  issuer.faults.add({ endpoint: 'token', ...fault })
  expect(await client.completeLogin(login)).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
})

test('an answer in the name of another issuer logs nobody in', async () => {
  const { issuer, client, logIn } = await listening()
  issuer.faults.add({ endpoint: 'login', kind: 'wrong-issuer', issuer: 'https://attacker.example.org' })
  expect(await client.completeLogin(await logIn())).toMatchObject({ kind: 'rejected', reason: 'issuer_mismatch' })
  issuer.faults.clear()
  issuer.faults.add({ endpoint: 'token', kind: 'wrong-issuer', issuer: 'https://attacker.example.org' })
  expect(await client.completeLogin(await logIn())).toMatchObject({ kind: 'rejected', reason: 'tokens_invalid' })
})

test('nobody begins a login by the metadata of another issuer', async () => {
  const { issuer, client } = await listening()
  issuer.faults.add({ endpoint: 'openid-configuration', kind: 'wrong-issuer', issuer: 'https://attacker.example.org' })
  issuer.faults.add({ endpoint: 'oauth-authorization-server', kind: 'wrong-issuer', issuer: 'https://attacker.example.org' })
  await expect(client.startLogin()).rejects.toMatchObject({ code: 'response_invalid' })
})

test('logs in by a request that is signed, pushed, detailed and for one API, and steps up', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const named = { alg: 'ES256', kid: 'wallet-1' }
  const jwk = { ...(await exportJWK(privateKey)), ...named }
  const payment = { type: 'payment', amount: '42.00' }
  const { issuer, client } = await listening(
    {
      clients: [
        {
          clientId: 'wallet',
          redirectUris: [redirectUri],
          tokenEndpointAuthMethod: 'private_key_jwt',
          jwks: { keys: [{ ...(await exportJWK(publicKey)), ...named, use: 'sig' }] },
        },
      ],
      resources: ['https://orders.example.com'],
      authorizationDetailsTypes: ['payment'],
      autoLogin: 'jane',
      users: [{ sub: 'jane', acr: 'urn:example:mfa' }],
    },
    { clientId: 'wallet', authentication: { method: 'private_key_jwt', privateKey: jwk }, requestObject: { privateKey: jwk } },
  )
  const { url, transaction } = await client.startLogin({
    resource: 'https://orders.example.com',
    authorizationDetails: [payment],
    acrValues: ['urn:example:mfa'],
    requireAcr: true,
    maxAgeSeconds: 60,
  })
  const callback = await createWebBrowser().goUntil(url, redirectUri, () => ({}))
  const outcome = await client.completeLogin({ callback, transaction })
  expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { authorizationDetails: [payment], claims: { acr: 'urn:example:mfa' } } })
  if (outcome.kind !== 'logged-in') return
  expect(decodeJwt(outcome.tokens.accessToken)).toMatchObject({ iss: issuer.issuer, aud: 'https://orders.example.com' })
})
