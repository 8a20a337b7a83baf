import { inspect } from 'node:util'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from './create-client.js'
import { registerClient } from './register-client.js'

const metadata = { client_name: 'Shop', redirect_uris: ['https://shop.example.com/callback'] }

/** A server that answers a registration with this. */
async function registerAt(body: object | string, status = 201) {
  const { issuer, fetch, faults } = await createMockIssuer()
  faults.add({ endpoint: 'registration', kind: 'status', status, body })
  return registerClient({ issuer, metadata, fetch })
}

test('registers a client that works', async () => {
  const { issuer, fetch } = await createMockIssuer()
  const registration = await registerClient({ issuer, metadata: { ...metadata, grant_types: ['client_credentials'] }, fetch })
  expect(registration).toMatchObject({
    clientSecretExpiresAt: undefined,
    registrationClientUri: `${issuer}/register/${registration.clientId}`,
    metadata: { client_name: 'Shop', token_endpoint_auth_method: 'client_secret_basic' },
  })
  expect(Object.keys(registration.metadata)).not.toContain('client_secret')
  const client = createClient({
    issuer,
    clientId: registration.clientId,
    authentication: { method: 'client_secret_basic', clientSecret: registration.clientSecret ?? '' },
    fetch,
  })
  expect((await client.clientCredentials()).clientId).toBe(registration.clientId)
})

test('registers a public client, which has no secret', async () => {
  const { issuer, fetch } = await createMockIssuer()
  const registration = await registerClient({ issuer, metadata: { ...metadata, token_endpoint_auth_method: 'none' }, fetch })
  expect(registration.clientSecret).toBe(undefined)
})

test('hides the secrets from logs', async () => {
  const registration = await registerAt({
    client_id: 'shop',
    client_secret: 's3cret',
    client_secret_expires_at: 4_102_444_800,
    registration_access_token: 't0ken',
    registration_client_uri: 'https://login.example.com/register/shop',
  })
  expect([registration.clientSecret, registration.registrationAccessToken]).toEqual(['s3cret', 't0ken'])
  expect(registration.clientSecretExpiresAt).toBe(4_102_444_800)
  for (const shown of [
    inspect(registration),
    JSON.stringify(registration),
    String(registration),
    inspect({ registration }, { depth: 9 }),
  ]) {
    expect(shown).toContain('"clientId":"shop"')
    expect(shown).not.toMatch(/s3cret|t0ken/)
  }
})

test('shows the initial access token', async () => {
  const { issuer, fetch } = await createMockIssuer({ initialAccessToken: 'let-me-in' })
  const { clientId } = await registerClient({ issuer, metadata, initialAccessToken: 'let-me-in', fetch })
  expect(clientId).toBeTypeOf('string')
  const refused = registerClient({ issuer, metadata, initialAccessToken: 'another', fetch })
  await expect(refused).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_token', status: 401 } })
  await expect(refused).rejects.not.toThrow('another')
})

test('passes on why the server refuses', async () => {
  const { issuer, fetch } = await createMockIssuer()
  const badUri = registerClient({ issuer, metadata: { redirect_uris: ['https://shop.example.com/#here'] }, fetch })
  await expect(badUri).rejects.toMatchObject({ code: 'request_refused', oauthError: { error: 'invalid_redirect_uri', status: 400 } })
})

test.each([
  ['has no client_id', { client_secret: 's', client_secret_expires_at: 0 }],
  ['has a client_id that is no text', { client_id: 7 }],
  ['has a secret that is no text', { client_id: 'shop', client_secret: ['s'], client_secret_expires_at: 0 }],
  ['does not say how long its secret lasts', { client_id: 'shop', client_secret: 's' }],
  ['is no JSON', '<h1>Welcome</h1>'],
])('refuses an answer that %s', async (_, body) => {
  await expect(registerAt(body)).rejects.toMatchObject({ code: 'response_invalid' })
})

test('refuses an answer that does not say that a client was made', async () => {
  await expect(registerAt({ client_id: 'shop' }, 200)).rejects.toMatchObject({ code: 'response_invalid' })
})

test('has no use for a configuration endpoint that a token must not be sent to', async () => {
  const registration = await registerAt({ client_id: 'shop', registration_client_uri: 'http://login.example.com/register/shop' })
  expect(registration.registrationClientUri).toBe(undefined)
})

test('tells an outage from a refusal', async () => {
  await expect(registerAt('', 503)).rejects.toMatchObject({ code: 'server_unavailable' })
})

test('says so when the server registers nobody', async () => {
  const issuer = 'https://login.example.com'
  await expect(registerClient({ issuer, metadata, serverMetadata: { issuer } })).rejects.toMatchObject({ code: 'not_supported' })
})

test.each([
  ['an issuer over plain http', { issuer: 'http://login.example.com' }],
  ['metadata of another issuer', { serverMetadata: { issuer: 'https://other.example.com' } }],
  [
    'metadata whose endpoint is over plain http',
    { serverMetadata: { issuer: 'https://login.example.com', registration_endpoint: 'http://login.example.com/register' } },
  ],
  ['metadata whose endpoint is no URL', { serverMetadata: { issuer: 'https://login.example.com', registration_endpoint: 'register' } }],
  ['a time that is none', { timeoutMs: Number.NaN }],
  ['a time that never ends', { timeoutMs: Infinity }],
  ['an option that there is not', { timeout: 5 }],
  ['a token that no header can carry', { initialAccessToken: 'a\nb' }],
])('refuses %s', async (_, changes) => {
  const { fetch } = await createMockIssuer()
  const options = { issuer: 'https://login.example.com', metadata, fetch, ...changes }
  await expect(registerClient(options)).rejects.toMatchObject({ code: 'configuration_invalid' })
})

test('ends when its caller does, while the server is still being asked who it is', async () => {
  const caller = new AbortController()
  let asked = 0
  const registering = registerClient({
    issuer: 'https://login.example.com',
    metadata,
    signal: caller.signal,
    fetch: () => {
      asked += 1
      caller.abort()
      return new Promise(() => {})
    },
  })
  await expect(registering).rejects.toMatchObject({ code: 'aborted' })
  expect(asked).toBe(1)
})
