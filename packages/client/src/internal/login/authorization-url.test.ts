import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { comeBack, createLoginStage, requestsTo } from '../../../test/login-attempt.js'

/** Has the issuer publish other metadata than its own. */
const publishing = (changes: Record<string, unknown>) => async (url: URL, answer: Response) =>
  url.pathname.includes('/.well-known/') ? Response.json({ ...((await answer.json()) as object), ...changes }) : answer

describe('a pushed request', () => {
  test('leaves nothing in the URL but the client and a reference', async () => {
    const { client, issuer } = await createLoginStage()
    const { url } = await client.startLogin({ loginHint: 'john@example.com' })
    expect([...new URL(url).searchParams.keys()]).toEqual(['client_id', 'request_uri'])
    expect(requestsTo(issuer, 'pushed-authorization-request')).toBe(1)
  })

  test('is made by a confidential client with its proof', async () => {
    const { client, issuer } = await createLoginStage({
      client: {
        clientId: 'service',
        authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
        redirectUri: 'https://service.example.com/callback',
      },
    })
    const { url, transaction } = await client.startLogin()
    const callback = await comeBack(issuer, url)
    expect((await client.completeLogin({ callback, transaction })).kind).toBe('logged-in')
  })

  test('carries resource and authorization_details', async () => {
    const payment = { type: 'payment', amount: '42.00' }
    const { completed } = await createLoginStage({
      issuer: { resources: ['https://orders.example.com'], authorizationDetailsTypes: ['payment'] },
    })
    const outcome = await completed({ resource: 'https://orders.example.com', authorizationDetails: [payment] })
    if (outcome.kind !== 'logged-in') throw new Error(outcome.kind)
    expect(decodeJwt(outcome.tokens.accessToken)).toMatchObject({ aud: 'https://orders.example.com', authorization_details: [payment] })
    expect(outcome.tokens.authorizationDetails).toEqual([payment])
  })

  test('that the server refuses is an error with its reason', async () => {
    const { client } = await createLoginStage()
    await expect(client.startLogin({ authorizationDetails: [{ type: 'payment' }] })).rejects.toMatchObject({
      code: 'request_refused',
      oauthError: { error: 'invalid_authorization_details', status: 400 },
    })
  })

  test('that cannot be made is an outage, and does not end up in the URL', async () => {
    const { client, issuer } = await createLoginStage()
    issuer.faults.add({ endpoint: 'pushed-authorization-request', kind: 'status', status: 503, retryAfterSeconds: 9 })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 9 })
  })

  test.each([
    ['a page', Response.json('<html>', { status: 201 })],
    ['no request_uri', Response.json({ expires_in: 60 }, { status: 201 })],
    ['no JSON', new Response('<html>', { status: 201, headers: { 'content-type': 'text/html' } })],
    ['the status of another answer', Response.json({ request_uri: 'urn:a', expires_in: 60 })],
  ])('that is answered with %s is no login', async (_what, answer) => {
    const { client } = await createLoginStage({ answer: (url, genuine) => (url.pathname.endsWith('/par') ? answer : genuine) })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'response_invalid' })
  })

  test('is not made by a client that never does', async () => {
    const { client, issuer } = await createLoginStage({ client: { pushedAuthorizationRequests: 'never' } })
    await client.startLogin()
    expect(requestsTo(issuer, 'pushed-authorization-request')).toBe(0)
  })

  test('is not done without: a server that requires it, and a client that never does', async () => {
    const { client } = await createLoginStage({
      issuer: { requirePushedAuthorizationRequests: true },
      client: { pushedAuthorizationRequests: 'never' },
    })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
  })

  test('is not done without: a server that requires it, and has no place for it', async () => {
    const { client } = await createLoginStage({
      answer: publishing({ pushed_authorization_request_endpoint: undefined, require_pushed_authorization_requests: true }),
    })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
  })

  test('is made where the server requires it', async () => {
    const { completed } = await createLoginStage({ issuer: { requirePushedAuthorizationRequests: true } })
    expect((await completed()).kind).toBe('logged-in')
  })

  test('is not done without: a client that requires it, and a server that cannot', async () => {
    const { client } = await createLoginStage({
      client: { pushedAuthorizationRequests: 'required' },
      answer: publishing({ pushed_authorization_request_endpoint: undefined }),
    })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
  })

  test('is left out where the server cannot', async () => {
    const { completed } = await createLoginStage({ answer: publishing({ pushed_authorization_request_endpoint: undefined }) })
    expect((await completed()).kind).toBe('logged-in')
  })
})

describe('a signed request', () => {
  async function signingStage(pushedAuthorizationRequests: 'never' | 'required') {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'app-1' }
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'app-1', use: 'sig' }] }
    return createLoginStage({
      issuer: {
        clients: [{ clientId: 'app', redirectUris: ['https://app.example.com/callback'], jwks }],
        resources: ['https://a.example.com'],
      },
      client: { requestObject: { privateKey: jwk }, pushedAuthorizationRequests },
    })
  }

  test('has nothing beside the request but the client, and is for this server, for a minute', async () => {
    const { client, issuer } = await signingStage('never')
    const { url, state } = await client.startLogin({ maxAgeSeconds: 60, resource: 'https://a.example.com' })
    const query = new URL(url).searchParams
    expect([...query.keys()]).toEqual(['client_id', 'request'])
    const request = query.get('request') ?? ''
    expect(decodeProtectedHeader(request)).toEqual({ alg: 'ES256', typ: 'oauth-authz-req+jwt', kid: 'app-1' })
    const now = Math.floor(issuer.clock.now() / 1000)
    const claims = decodeJwt(request)
    expect(claims).toMatchObject({ iss: 'app', client_id: 'app', aud: issuer.issuer, state, max_age: 60, code_challenge_method: 'S256' })
    expect(Math.abs((claims.exp ?? 0) - now - 60)).toBeLessThanOrEqual(1)
  })

  test.each(['never', 'required'] as const)('is accepted, pushed: %s', async (pushed) => {
    const { completed } = await signingStage(pushed)
    expect(await completed({ resource: 'https://a.example.com' })).toMatchObject({ kind: 'logged-in' })
  })

  test('cannot have claims that are no JSON', async () => {
    const { client } = await signingStage('never')
    await expect(client.startLogin({ parameters: { claims: '{' } })).rejects.toMatchObject({ code: 'configuration_invalid' })
  })

  test('that the server requires is not done without', async () => {
    const { client } = await createLoginStage({ answer: publishing({ require_signed_request_object: true }) })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported', message: expect.stringContaining('requestObject') })
  })

  test('with a key that cannot sign is refused, and the key is in no message', async () => {
    const { client } = await createLoginStage({
      client: { requestObject: { privateKey: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'hush' } } },
    })
    const error = await client.startLogin().catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'configuration_invalid', message: expect.stringContaining('requestObject.privateKey') })
    expect(String(error)).not.toContain('hush')
  })
})

describe('the authorization endpoint', () => {
  const metadata = (changes: Record<string, unknown>) => ({
    metadata: { issuer: 'https://login.example.com', token_endpoint: 'https://login.example.com/token', ...changes },
    issuer: 'https://login.example.com',
  })

  test('keeps the query of its own, and has no parameter twice', async () => {
    const { client } = await createLoginStage({
      client: metadata({ authorization_endpoint: 'https://login.example.com/authorize?tenant=a&state=fixed' }),
    })
    const { url, state } = await client.startLogin()
    expect(new URL(url).searchParams.get('tenant')).toBe('a')
    expect(new URL(url).searchParams.getAll('state')).toEqual([state])
  })

  test.each([
    'javascript:alert(1)',
    'http://login.example.com/authorize',
    'https://a@login.example.com/',
    'https://login.example.com/#a',
    'authorize',
  ])('is never %s', async (endpoint) => {
    const created = createLoginStage({ client: metadata({ authorization_endpoint: endpoint }) })
    await expect(created).rejects.toMatchObject({ code: 'configuration_invalid' })
  })

  test('has to be there', async () => {
    const { client } = await createLoginStage({ client: metadata({}) })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
  })

  test('has to do PKCE with S256 if it says what it does', async () => {
    const endpoint = 'https://login.example.com/authorize'
    const plain = await createLoginStage({
      client: metadata({ authorization_endpoint: endpoint, code_challenge_methods_supported: ['plain'] }),
    })
    await expect(plain.client.startLogin()).rejects.toMatchObject({ code: 'not_supported' })
  })
})
