import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { basic, codeForm, logIn, post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const callback = 'https://new.example.com/callback'
const key = await exportJWK((await generateKeyPair('ES256')).publicKey)
const privateKey = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)

async function register(issuer: MockIssuer, body: unknown, headers: Record<string, string> = {}) {
  const response = await issuer.fetch(`${issuer.issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { response, body: await response.json() }
}

test('registers a client, with the defaults, a secret and all that the client needs to know', async () => {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1) })
  const { response, body } = await register(issuer, { redirect_uris: [callback], client_name: 'New app', unknown: 1, tos_uri: null })

  expect(response.status).toBe(201)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(body).toEqual({
    client_id: expect.stringMatching(/^[\da-f-]{36}$/),
    client_secret: expect.stringMatching(/^[\w-]{43}$/),
    client_secret_expires_at: 0,
    client_id_issued_at: Date.UTC(2026, 0, 1) / 1000,
    registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
    registration_client_uri: `${issuer.issuer}/register/${body.client_id}`,
    redirect_uris: [callback],
    client_name: 'New app',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  })
})

test('lets the new client log users in, by its own redirect URIs, grants and method alone', async () => {
  const issuer = await createMockIssuer()
  const { body: client } = await register(issuer, {
    redirect_uris: [callback],
    scope: 'openid',
    require_pushed_authorization_requests: false,
  })
  const request = { client_id: client.client_id, redirect_uri: callback, scope: 'openid' }
  const code = (await logIn(issuer, request)).get('code')
  const form = codeForm(code, { client_id: '', redirect_uri: callback })
  const byPost = await post(issuer, '/token', { ...form, client_id: client.client_id, client_secret: client.client_secret })
  const answer = await post(issuer, '/token', form, basic(client.client_id, client.client_secret))
  const machine = await post(issuer, '/token', { grant_type: 'client_credentials' }, basic(client.client_id, client.client_secret))

  expect(byPost.status).toBe(401)
  expect(answer.status).toBe(200)
  expect(Object.keys(await answer.json())).not.toContain('refresh_token')
  expect((await machine.json()).error).toBe('unauthorized_client')
})

test('registers a public client without a secret', async () => {
  const { body } = await register(await createMockIssuer(), { redirect_uris: [callback], token_endpoint_auth_method: 'none' })

  expect(Object.keys(body)).not.toContain('client_secret')
  expect(Object.keys(body)).not.toContain('client_secret_expires_at')
})

test('registers a client for itself, which needs neither redirect URIs nor response types', async () => {
  const issuer = await createMockIssuer()
  const { body } = await register(issuer, { grant_types: ['client_credentials'] })
  const answer = await post(issuer, '/token', { grant_type: 'client_credentials' }, basic(body.client_id, body.client_secret))

  expect(body.response_types).toEqual([])
  expect(answer.status).toBe(200)
})

test('lets the pages of a new client read what its origin may read', async () => {
  const issuer = await createMockIssuer()
  const preflight = () =>
    issuer.fetch(`${issuer.issuer}/token`, {
      method: 'OPTIONS',
      headers: { origin: 'https://new.example.com', 'access-control-request-method': 'POST' },
    })
  const before = await preflight()
  await register(issuer, { redirect_uris: [callback] })
  const after = await preflight()

  expect(before.headers.get('access-control-allow-origin')).toBe(null)
  expect(after.headers.get('access-control-allow-origin')).toBe('https://new.example.com')
})

describe('redirect URIs', () => {
  test.each([
    callback,
    'http://localhost:3000/',
    'http://127.0.0.1/cb',
    'http://[::1]:8080/cb',
    'com.example.app:/cb',
    'https://a.example/?x=1',
  ])('are registered: %j', async (uri) => {
    expect((await register(await createMockIssuer(), { redirect_uris: [uri] })).response.status).toBe(201)
  })

  test.each<[string, unknown]>([
    ['none', []],
    ['no list', callback],
    ['no string', [1]],
    ['a fragment', [`${callback}#a`]],
    ['an empty fragment', [`${callback}#`]],
    ['a path', ['/callback']],
    ['no host', ['https:callback']],
    ['http elsewhere', ['http://new.example.com/callback']],
    ['http on what only begins like this machine', ['http://localhost.example.com/', 'http://127.0.0.1.example.com/']],
    ['a script', ['javascript:alert(1)']],
    ['a script with a dot', ['javascript:alert.call(1)']],
    ['data', ['data:text/html,x']],
    ['a file', ['file:///etc/passwd']],
    ['a scheme without a dot', ['myapp://cb']],
    ['user information', ['https://new.example.com@evil.example/']],
    ['a space', [' https://new.example.com/']],
    ['a line break', ['https://new.example.com/\r\nx: y']],
    ['too much', [`${callback}?${'x'.repeat(2_048)}`]],
    ['too many', Array.from({ length: 51 }, (_, index) => `${callback}/${index}`)],
  ])('are refused: %s', async (_, uris) => {
    const { response, body } = await register(await createMockIssuer(), { redirect_uris: uris })

    expect(response.status).toBe(400)
    expect(body).toEqual({ error: 'invalid_redirect_uri', error_description: expect.any(String) })
  })
})

describe('metadata that are refused', () => {
  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no metadata at all of a code client', { grant_types: 'authorization_code' }],
    ['an unknown grant', { grant_types: ['authorization_code', 'magic'] }],
    ['the implicit grant', { grant_types: ['implicit'], response_types: ['token'] }],
    ['the password grant', { grant_types: ['password'] }],
    ['a response type without its grant', { grant_types: ['client_credentials'], response_types: ['code'] }],
    ['a grant without its response type', { grant_types: ['authorization_code'], response_types: [] }],
    ['an unknown response type', { response_types: ['code', 'token'] }],
    ['an unknown method', { token_endpoint_auth_method: 'magic' }],
    ['certificates, where there is no TLS', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: 'CN=a' }],
    ['a public client for itself', { token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] }],
    ['a signing client without keys', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['keys and a reference to them', { jwks: { keys: [key] }, jwks_uri: 'https://new.example.com/jwks' }],
    ['a private key', { jwks: { keys: [privateKey] } }],
    ['a secret as a key', { jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }],
    ['no key in the keys', { jwks: { keys: [] } }],
    ['keys that are no key set', { jwks: [key] }],
    ['a reference to keys over http', { jwks_uri: 'http://new.example.com/jwks' }],
    ['a name that is no text', { client_name: 1 }],
    ['a link that runs a script', { client_uri: 'javascript:alert(1)' }],
    ['contacts that are no list', { contacts: 'john@example.com' }],
    ['a malformed scope', { scope: 'a  b' }],
    ['an unknown scope', { scope: 'root' }],
    ['a flag that is a text', { dpop_bound_access_tokens: 'true' }],
    ['a logout URI over http', { backchannel_logout_uri: 'http://new.example.com/logout' }],
    ['a script after logout', { post_logout_redirect_uris: ['javascript:alert(1)'] }],
  ])('%s', async (_, metadata) => {
    const issuer = await createMockIssuer({ contract: { audience: 'orders-api', scopes: { orders_read: {} } } })
    const whole = typeof metadata === 'string' ? metadata : { redirect_uris: [callback], ...(metadata as object) }
    const { response, body } = await register(issuer, whole)

    expect(response.status).toBe(400)
    expect(body).toEqual({ error: 'invalid_client_metadata', error_description: expect.any(String) })
  })

  test.each([
    ['unapproved_software_statement', 'e30.e30.AA'],
    ['invalid_software_statement', 'e30'],
    ['invalid_software_statement', 1],
  ])('%s, for the software statement %j', async (error, statement) => {
    const { body } = await register(await createMockIssuer(), { redirect_uris: [callback], software_statement: statement })

    expect(body.error).toBe(error)
  })

  test('a body that is not JSON by its type, or too long', async () => {
    const issuer = await createMockIssuer()
    const form = await register(issuer, { redirect_uris: [callback] }, { 'content-type': 'text/plain' })
    const long = await register(issuer, { client_name: 'x'.repeat(70_000) })

    expect(form.body.error).toBe('invalid_client_metadata')
    expect(long.response.status).toBe(413)
  })
})

describe('an initial access token', () => {
  const options = { initialAccessToken: 'registration-token' }

  test('lets a client register', async () => {
    const headers = { authorization: 'Bearer registration-token' }

    expect((await register(await createMockIssuer(options), { redirect_uris: [callback] }, headers)).response.status).toBe(201)
  })

  test.each<Record<string, string>>([
    {},
    { authorization: 'Bearer registration-tokem' },
    { authorization: 'Basic cmVnaXN0cmF0aW9uLXRva2Vu' },
    { authorization: 'DPoP registration-token' },
  ])('is missed: %j', async (headers) => {
    const { response, body } = await register(await createMockIssuer(options), { redirect_uris: [callback] }, headers)

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer realm="mock-issuer", error="invalid_token"')
    expect(body.error).toBe('invalid_token')
  })
})

test('is announced in the metadata, and closed to pages of other origins', async () => {
  const issuer = await createMockIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()
  const { response } = await register(issuer, { redirect_uris: [callback] }, { origin: 'https://app.example.com' })

  expect(metadata.registration_endpoint).toBe(`${issuer.issuer}/register`)
  expect(response.headers.get('access-control-allow-origin')).toBe(null)
})

test('refuses metadata that is nested more than 12 levels deep, and stores nothing of it', async () => {
  const issuer = await createMockIssuer()
  const nested = (levels: number) => ({ kty: 'EC', x: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) })
  const metadata = { redirect_uris: [callback], token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key, nested(9)] } }
  const { response, body } = await register(issuer, metadata)
  const deep = `{"redirect_uris":["${callback}"],"jwks":{"keys":[{"kty":"EC","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}]}}`
  const attack = await register(issuer, deep)

  expect([response.status, body.error]).toEqual([400, 'invalid_client_metadata'])
  expect([attack.response.status, attack.body]).toEqual([
    400,
    { error: 'invalid_client_metadata', error_description: 'The metadata is nested more than 12 levels deep.' },
  ])
})
