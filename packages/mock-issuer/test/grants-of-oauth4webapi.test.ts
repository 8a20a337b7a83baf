import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import { discover, through } from './oauth4webapi.js'

test('the device flow of oauth4webapi completes', async () => {
  const issuer = await createMockIssuer()
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const app = { client_id: 'app' }
  const parameters = new URLSearchParams({ scope: 'openid orders_read' })
  const started = await oauth.deviceAuthorizationRequest(server, app, oauth.None(), parameters, http)
  const device = await oauth.processDeviceAuthorizationResponse(server, app, started)
  const poll = async () =>
    oauth.processDeviceCodeResponse(server, app, await oauth.deviceCodeGrantRequest(server, app, oauth.None(), device.device_code, http))

  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
  await expect(poll()).rejects.toMatchObject({ error: 'slow_down' })
  await issuer.device.approve(device.user_code)
  const tokens = await poll()
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'john', aud: 'app' })
  await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' })

  const refreshed = await oauth.refreshTokenGrantRequest(server, app, oauth.None(), tokens.refresh_token ?? '', http)
  expect((await oauth.processRefreshTokenResponse(server, app, refreshed)).scope).toBe('openid orders_read')
})

test('CIBA of oauth4webapi completes', async () => {
  const issuer = await createMockIssuer({ users: [{ sub: 'john', ciba: 'approve' }] })
  const http = through(issuer.fetch)
  const server = await discover(issuer.issuer, http)
  const service = { client_id: 'service' }
  const authentication = oauth.ClientSecretBasic('service-secret')
  const parameters = new URLSearchParams({ scope: 'openid', login_hint: 'john' })
  const started = await oauth.backchannelAuthenticationRequest(server, service, authentication, parameters, http)
  const { auth_req_id: id } = await oauth.processBackchannelAuthenticationResponse(server, service, started)
  const response = await oauth.backchannelAuthenticationGrantRequest(server, service, authentication, id, http)

  const tokens = await oauth.processBackchannelAuthenticationGrantResponse(server, service, response)
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: 'john', aud: 'service' })
})
