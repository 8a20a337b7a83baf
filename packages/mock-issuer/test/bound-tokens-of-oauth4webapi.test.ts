import { Agent, request } from 'node:https'
import type { AgentOptions } from 'node:https'
import { exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import { createBrowser } from './browser.js'
import { createTestCertificate } from './client-certificates.js'
import { discover, through } from './oauth4webapi.js'

const redirectUri = 'https://app.example.com/callback'

/** Does what is refused for want of a nonce once more, with the nonce. */
async function withNonce<Result>(dpop: oauth.DPoPHandle, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return attempt()
  }
}

test('completes the code flow with private_key_jwt, a pushed request and DPoP nonces', async () => {
  const keys = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one' }
  const issuer = await createMockIssuer({
    dpop: { nonce: 'required' },
    clients: [
      {
        clientId: 'orders-app',
        redirectUris: [redirectUri],
        tokenEndpointAuthMethod: 'private_key_jwt',
        jwks: { keys: [jwk] },
        dpopBoundAccessTokens: true,
      },
    ],
  })
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const client: oauth.Client = { client_id: 'orders-app' }
  const authentication = oauth.PrivateKeyJwt({ key: keys.privateKey, kid: 'one' })
  const dpop = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
  const options = { ...http, DPoP: dpop }

  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const parameters = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'openid orders_read',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const pushed = await withNonce(dpop, async () => {
    const response = await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, options)
    return oauth.processPushedAuthorizationResponse(server, client, response)
  })
  const url = new URL(server.authorization_endpoint ?? '')
  url.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri }).toString()
  const { response } = await (await createBrowser(issuer.fetch).open(url)).submit({ user: 'john' })
  const callback = oauth.validateAuthResponse(server, client, new URL(response.headers.get('location') ?? ''), state)

  const tokens = await withNonce(dpop, async () => {
    const redeemed = await oauth.authorizationCodeGrantRequest(server, client, authentication, callback, redirectUri, verifier, options)
    return oauth.processAuthorizationCodeResponse(server, client, redeemed, { requireIdToken: true })
  })
  expect(tokens.token_type).toBe('dpop')

  const ask = async () => {
    const answer = await oauth.userInfoRequest(server, client, tokens.access_token, options)
    return oauth.processUserInfoResponse(server, client, 'john', answer)
  }
  expect(await withNonce(dpop, ask)).toEqual({ sub: 'john' })

  // The issuer's clock moves away from the client's: the nonce is what tells the time then.
  issuer.clock.advanceSeconds(250)
  expect(await withNonce(dpop, ask)).toEqual({ sub: 'john' })
})

test('refreshes with DPoP as a public client', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const client: oauth.Client = { client_id: 'app' }
  const dpop = oauth.DPoP(client, await oauth.generateKeyPair('EdDSA'))
  const options = { ...http, DPoP: dpop }
  const verifier = oauth.generateRandomCodeVerifier()
  const url = new URL(server.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: 'orders_read',
    dpop_jkt: await dpop.calculateThumbprint(),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const { response } = await (await createBrowser(issuer.fetch).open(url)).submit({ user: 'john' })
  const callback = oauth.validateAuthResponse(server, client, new URL(response.headers.get('location') ?? ''), oauth.expectNoState)
  const tokens = await withNonce(dpop, async () =>
    oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), callback, redirectUri, verifier, options),
    ),
  )
  const refreshed = await withNonce(dpop, async () =>
    oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token ?? '', options),
    ),
  )

  expect(refreshed).toMatchObject({ token_type: 'dpop', scope: 'orders_read' })
})

test('authenticates by client_secret_jwt', async () => {
  const secret = 'a secret of thirty-two characters'
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'job', clientSecret: secret, tokenEndpointAuthMethod: 'client_secret_jwt' }],
  })
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const client: oauth.Client = { client_id: 'job' }
  const response = await oauth.clientCredentialsGrantRequest(server, client, oauth.ClientSecretJwt(secret), new URLSearchParams(), http)

  expect(await oauth.processClientCredentialsResponse(server, client, response)).toMatchObject({ token_type: 'bearer' })
})

test('authenticates over HTTPS by its certificate, to which its tokens are bound', async () => {
  const authority = await createTestCertificate({ subject: [['CN', 'authority']], use: 'authority' })
  const own = await createTestCertificate({
    subject: [
      ['O', 'Example'],
      ['CN', 'job'],
    ],
    issuer: authority,
  })
  const issuer = await createMockIssuer({
    clients: [
      {
        clientId: 'job',
        tokenEndpointAuthMethod: 'tls_client_auth',
        tlsClientIdentity: { subjectDn: 'CN=job,O=Example' },
        tlsClientCertificateBoundAccessTokens: true,
      },
    ],
  })
  await using socket = await issuer.listen({ https: { requestClientCertificate: true, ca: authority.cert } })
  const http = through(httpsFetch({ ca: socket.certificate, key: own.key, cert: own.cert }))
  const server = await discover(socket.url, http)
  expect(server.token_endpoint_auth_methods_supported).toContain('tls_client_auth')

  const client: oauth.Client = { client_id: 'job' }
  const response = await oauth.clientCredentialsGrantRequest(server, client, oauth.TlsClientAuth(), new URLSearchParams(), http)
  const tokens = await oauth.processClientCredentialsResponse(server, client, response)
  const introspected = await oauth.introspectionRequest(server, client, oauth.TlsClientAuth(), tokens.access_token, http)
  expect(await oauth.processIntrospectionResponse(server, client, introspected)).toMatchObject({
    active: true,
    cnf: { 'x5t#S256': own.thumbprint },
  })
})

/** A `fetch` over connections that trust and present what the options say, which the global one cannot. */
function httpsFetch(tls: AgentOptions): (url: string, init: RequestInit) => Promise<Response> {
  const agent = new Agent({ ...tls, keepAlive: false })
  return (url, { method = 'GET', headers, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { agent, method, headers: Object.fromEntries(new Headers(headers)) }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () => {
          const received = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
          resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 0, headers: received }))
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body instanceof URLSearchParams ? body.toString() : undefined)
    })
}
