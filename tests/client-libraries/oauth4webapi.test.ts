import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { expect, it } from 'vitest'
import { createBrowserSession } from './browser-session.js'
import { app, redirectUri, signedOutUri } from './example-clients.js'

const client: oauth.Client = { client_id: 'app' }
const authentication = oauth.None()

async function start() {
  const issuer = await createMockIssuer({ clients: [app], dpop: { nonce: 'required' } })
  const http = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, unknown>) => issuer.fetch(url, init as RequestInit),
  } as const
  const name = new URL(issuer.issuer)
  const server = await oauth.processDiscoveryResponse(name, await oauth.discoveryRequest(name, http))
  return { issuer, http, server }
}

/** Sends a request again when all that it lacked was a nonce, which the handle has by then. */
async function withNonce<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return send()
  }
}

it('completes PAR, code + PKCE with DPoP, refresh and logout, as a careful client does', async () => {
  const { issuer, http, server } = await start()
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const pushed = await withNonce(async () => {
    const parameters = new URLSearchParams({
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid orders_read',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    const response = await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, { ...http, DPoP })
    return oauth.processPushedAuthorizationResponse(server, client, response)
  })

  const url = new URL(server.authorization_endpoint ?? '')
  url.search = new URLSearchParams({ client_id: 'app', request_uri: pushed.request_uri }).toString()
  const browser = createBrowserSession(issuer)
  const callback = oauth.validateAuthResponse(server, client, await browser.logIn(url, 'jane'), state)
  const tokens = await withNonce(async () => {
    const response = await oauth.authorizationCodeGrantRequest(server, client, authentication, callback, redirectUri, verifier, {
      ...http,
      DPoP,
    })
    return oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, requireIdToken: true })
  })
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'jane', aud: 'app', nonce })
  expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'jane', cnf: { jkt: await DPoP.calculateThumbprint() } })

  const refreshed = await withNonce(async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token ?? '', { ...http, DPoP })
    return oauth.processRefreshTokenResponse(server, client, response)
  })
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)

  const logout = new URL(server.end_session_endpoint ?? '')
  logout.search = new URLSearchParams({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: signedOutUri }).toString()
  expect((await browser.open(logout)).href).toBe(signedOutUri)
})

it('completes the device flow, and is told to wait before it is allowed', async () => {
  const { issuer, http, server } = await start()
  const parameters = { scope: 'openid' }
  const asked = await oauth.deviceAuthorizationRequest(server, client, authentication, parameters, http)
  const device = await oauth.processDeviceAuthorizationResponse(server, client, asked)
  const poll = async () => {
    const response = await oauth.deviceCodeGrantRequest(server, client, authentication, device.device_code, http)
    return oauth.processDeviceCodeResponse(server, client, response)
  }
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
  await issuer.device.approve(device.user_code, { sub: 'john' })
  issuer.clock.advanceSeconds(device.interval ?? 5)
  expect(decodeJwt((await poll()).access_token)).toMatchObject({ sub: 'john', client_id: 'app' })
})
