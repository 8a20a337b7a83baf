import { createMockIssuer } from '@bailiwick/mock-issuer'
import { describe, expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { createClient } from '../create-client.js'

const answer = {
  device_code: 'a device code',
  user_code: 'WDJB-MJHT',
  verification_uri: 'https://login.example.com/device',
  expires_in: 600,
}

async function start(body: object, options: { readonly signal?: AbortSignal } = {}) {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1) })
  issuer.faults.add({ endpoint: 'device-authorization', kind: 'status', status: 200, body })
  return appOf(issuer).startDeviceLogin(options)
}

test('takes an answer without the optional members', async () => {
  const { complete, ...shown } = await start(answer)
  expect(shown).toEqual({
    userCode: 'WDJB-MJHT',
    verificationUri: 'https://login.example.com/device',
    verificationUriComplete: undefined,
    expiresAt: Date.UTC(2026, 0, 1) / 1000 + 600,
  })
  expect(complete).toBeTypeOf('function')
})

test.each(['BCDF GHJK', '1234-5678', 'ДЖЗИ', 'x'.repeat(40)])('takes the code %s', async (code) => {
  expect((await start({ ...answer, user_code: code })).userCode).toBe(code)
})

test('keeps a code for a day at most', async () => {
  expect((await start({ ...answer, expires_in: 1e15 })).expiresAt).toBe(Date.UTC(2026, 0, 2) / 1000)
})

describe('an answer is refused', () => {
  test.each([
    ['sends the user over plain http', { verification_uri: 'http://login.example.com/device' }],
    ['sends the user to a script', { verification_uri: 'javascript:alert(1)' }],
    ['hides the host behind user information', { verification_uri: 'https://login.example.com@example.org/device' }],
    ['has a line break in the address', { verification_uri: 'https://login.example.com/\ndevice' }],
    [
      'sends the user over plain http by the complete address',
      { verification_uri_complete: 'http://login.example.com/device?user_code=x' },
    ],
    ['moves the cursor of the terminal', { user_code: '\u001b[2JWDJB-MJHT' }],
    ['turns the direction of the text around', { user_code: 'WDJB\u202eMJHT' }],
    ['has a code that nobody can type', { user_code: 'x'.repeat(41) }],
    ['has a code that says something of its own', { user_code: 'ABCD. Go to evil.example.org' }],
    ['has a code that is a command', { user_code: '$(id)' }],
    ['has an empty code', { user_code: '' }],
    ['has no device code', { device_code: undefined }],
    ['does not say how long the code lives', { expires_in: undefined }],
    ['has an interval that is no number', { interval: 'soon' }],
  ])('that %s', async (_, changes) => {
    await expect(start({ ...answer, ...changes })).rejects.toMatchObject({ code: 'response_invalid' })
  })
})

test('passes on what the server refuses', async () => {
  const issuer = await createMockIssuer()
  const client = createClient({ issuer: issuer.issuer, clientId: 'nobody', authentication: { method: 'none' }, fetch: issuer.fetch })
  await expect(client.startDeviceLogin()).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_client' } })
})

test('says so when the server has no device grant', async () => {
  const { issuer, fetch } = await createMockIssuer()
  const metadata = { issuer, token_endpoint: `${issuer}/token` }
  const client = createClient({ issuer, clientId: 'app', authentication: { method: 'none' }, fetch, metadata })
  await expect(client.startDeviceLogin()).rejects.toMatchObject({ code: 'not_supported' })
})

test('proves who the client is, and asks for what was said', async () => {
  const issuer = await createMockIssuer({ resources: ['https://orders.example.com'] })
  let form = new URLSearchParams()
  let authorization: string | null = null
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
    scope: 'openid orders_read',
    fetch: (url, init) => {
      if (url.endsWith('/device_authorization')) {
        form = new URLSearchParams(init.body as string)
        authorization = new Headers(init.headers).get('authorization')
      }
      return issuer.fetch(url, init)
    },
  })
  await client.startDeviceLogin({ resource: 'https://orders.example.com' })
  expect(Object.fromEntries(form)).toEqual({ client_id: 'service', scope: 'openid orders_read', resource: 'https://orders.example.com' })
  expect(authorization).toBe(`Basic ${btoa('service:service%2Dsecret')}`)
})
