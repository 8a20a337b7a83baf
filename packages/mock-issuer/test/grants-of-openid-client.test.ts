import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import type { MockIssuer } from '../src/index.js'
import { createForeignIssuer } from './foreign-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] }, orders_write: { claims: ['account_nr'] } } }
const users = [{ sub: 'john', claims: { account_nr: '42' } }]

const realSetTimeout = globalThis.setTimeout

// The libraries wait between their polls. Their time and that of the issuer is the same, and moved by hand.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Moves the time until the condition holds; what is in process meanwhile gets its turns. */
async function passTimeUntil(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000 && !condition(); turn += 1) {
    await new Promise((resolve) => realSetTimeout(resolve, 1)) // keys and signatures are made in other threads, by real time
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(condition()).toBe(true)
}

async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false
  const watched = promise.finally(() => {
    isSettled = true
  })
  watched.catch(() => undefined)
  await passTimeUntil(() => isSettled)
  return watched
}

function discover(issuer: MockIssuer, clientId: string, authentication: client.ClientAuth): Promise<client.Configuration> {
  return client.discovery(new URL(issuer.issuer), clientId, undefined, authentication, {
    [client.customFetch]: (url, init) => issuer.fetch(url, init as RequestInit),
    execute: [client.allowInsecureRequests],
  })
}

const polls = (issuer: MockIssuer) => issuer.requests.filter(({ endpoint, status }) => endpoint === 'token' && status !== undefined).length

test('openid-client connects a device, after polls that find nobody has decided', async () => {
  const issuer = await createMockIssuer({ contract, users })
  const config = await discover(issuer, 'app', client.None())
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid orders_read' })
  const polling = client.pollDeviceAuthorizationGrant(config, device)
  polling.catch(() => undefined)
  await passTimeUntil(() => polls(issuer) === 2)
  await issuer.device.approve(device.user_code)

  const tokens = await settle(polling)
  expect(tokens.claims()).toMatchObject({ iss: issuer.issuer, sub: 'john', aud: 'app' })
  expect(decodeJwt(tokens.access_token)).toMatchObject({ scope: 'openid orders_read', account_nr: '42', aud: 'orders-api' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token').map(({ status }) => status)).toEqual([400, 400, 200])
})

test('openid-client is told when a person denies a device', async () => {
  const issuer = await createMockIssuer({ contract, users })
  const config = await discover(issuer, 'app', client.None())
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid' })
  issuer.device.deny(device.user_code)

  await expect(settle(client.pollDeviceAuthorizationGrant(config, device))).rejects.toMatchObject({ error: 'access_denied' })
})

test('openid-client authenticates a user by CIBA, by hint and by approval', async () => {
  const issuer = await createMockIssuer({ contract, users })
  const config = await discover(issuer, 'service', client.ClientSecretBasic('service-secret'))
  const request = { scope: 'openid orders_read', login_hint: 'john', binding_message: 'W4SCT', acr_values: 'urn:example:mfa' }
  const opened = await client.initiateBackchannelAuthentication(config, request)
  const polling = client.pollBackchannelAuthenticationGrant(config, opened)
  polling.catch(() => undefined)
  await passTimeUntil(() => polls(issuer) === 1)
  const [pending] = issuer.ciba.pending()
  expect(pending).toMatchObject({ sub: 'john', bindingMessage: 'W4SCT' })
  await issuer.ciba.approve(pending?.authReqId ?? '')

  const tokens = await settle(polling)
  expect(tokens.claims()).toMatchObject({ sub: 'john', aud: 'service', acr: 'urn:example:mfa' })
})

test('openid-client exchanges a token for a narrower one, on behalf of the subject', async () => {
  const issuer = await createMockIssuer({ contract, users, audience: ['orders-api', 'billing-api'] })
  const config = await discover(issuer, 'service', client.ClientSecretPost('service-secret'))
  const type = 'urn:ietf:params:oauth:token-type:access_token'
  const tokens = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', {
    subject_token: await issuer.accessToken({ scope: 'orders_read orders_write', account_nr: '42' }),
    subject_token_type: type,
    actor_token: await issuer.accessToken({ sub: 'gateway' }),
    actor_token_type: type,
    scope: 'orders_read',
    audience: 'billing-api',
  })

  expect(tokens).toMatchObject({ scope: 'orders_read', issued_token_type: type, token_type: 'bearer' })
  expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'john', aud: 'billing-api', act: { sub: 'gateway' }, client_id: 'service' })
})

test('openid-client gets a token on the assertion of a trusted issuer', async () => {
  const foreign = await createForeignIssuer()
  const issuer = await createMockIssuer({ contract, users, trustedIssuers: [foreign.trusted] })
  const config = await discover(issuer, 'service', client.ClientSecretBasic('service-secret'))
  const seconds = Math.floor(Date.now() / 1000)
  const assertion = await foreign.sign({ sub: 'john', aud: issuer.issuer, exp: seconds + 60, jti: 'id-1' })
  const request = { assertion, scope: 'orders_read' }
  const tokens = await client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:jwt-bearer', request)

  expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'john', account_nr: '42', scope: 'orders_read' })
  await expect(client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:jwt-bearer', request)).rejects.toMatchObject({
    error: 'invalid_grant',
  })
})
