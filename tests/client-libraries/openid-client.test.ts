import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { expect, it } from 'vitest'
import { createBrowserSession } from './browser-session.js'
import { app, redirectUri, signedOutUri } from './example-clients.js'

async function start(metadata: Partial<client.ClientMetadata> = {}) {
  const issuer = await createMockIssuer({ clients: [app], dpop: { nonce: 'required' } })
  const config = await client.discovery(new URL(issuer.issuer), 'app', metadata, client.None(), {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: (url, init) => issuer.fetch(url, init as RequestInit),
  })
  return { issuer, config }
}

async function logIn(issuer: MockIssuer, config: client.Configuration, options: { par?: boolean; DPoP?: client.DPoPHandle } = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const expectedNonce = client.randomNonce()
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid orders_read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  }
  const dpop = options.DPoP === undefined ? undefined : { DPoP: options.DPoP }
  const url = options.par
    ? await client.buildAuthorizationUrlWithPAR(config, parameters, dpop)
    : client.buildAuthorizationUrl(config, parameters)
  const browser = createBrowserSession(issuer)
  const callback = await browser.logIn(url, 'john')
  const tokens = await client.authorizationCodeGrant(
    config,
    callback,
    { pkceCodeVerifier: verifier, expectedState, expectedNonce },
    undefined,
    dpop,
  )
  return { url, browser, tokens }
}

it('completes code + PKCE, userinfo, refresh with rotation, and revocation', async () => {
  const { issuer, config } = await start()
  const { tokens } = await logIn(issuer, config)
  expect(tokens.claims()).toMatchObject({ iss: issuer.issuer, sub: 'john', aud: 'app' })
  expect(await client.fetchUserInfo(config, tokens.access_token, 'john')).toEqual({ sub: 'john' })

  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
  expect(decodeJwt(refreshed.access_token)).toMatchObject({ sub: 'john', scope: 'openid orders_read' })

  await client.tokenRevocation(config, refreshed.refresh_token ?? '')
  await expect(client.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' })
})

it('completes PAR and DPoP, with the nonces that are demanded', async () => {
  const { issuer, config } = await start()
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
  const { url, tokens } = await logIn(issuer, config, { par: true, DPoP })

  expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
  expect(tokens.token_type).toBe('dpop')
  expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt: await DPoP.calculateThumbprint() } })
  expect(await client.fetchUserInfo(config, tokens.access_token, 'john', { DPoP })).toEqual({ sub: 'john' })
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
  expect(decodeJwt(refreshed.access_token)).toMatchObject({ cnf: { jkt: await DPoP.calculateThumbprint() } })
})

it('completes the device flow', async () => {
  const { issuer, config } = await start()
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid orders_read' })
  expect(device.verification_uri_complete).toContain(encodeURIComponent(device.user_code))
  await issuer.device.approve(device.user_code, { sub: 'jane' })

  const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0 })
  expect(tokens.claims()).toMatchObject({ sub: 'jane' })
})

it('completes logout, after which nobody is logged in', async () => {
  const { issuer, config } = await start()
  const { browser, tokens } = await logIn(issuer, config)
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: signedOutUri,
    state: 'state-1',
  })
  expect((await browser.open(url)).href).toBe(`${signedOutUri}?state=state-1`)

  const silent = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  })
  expect((await browser.open(silent)).searchParams.get('error')).toBe('login_required')
})
