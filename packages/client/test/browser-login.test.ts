import { base64url } from 'jose'
import { expect, test, vi } from 'vitest'
import { openSessionStage, type SessionStage } from './session-stage.js'

const authenticated = { status: 'authenticated', user: { sub: 'john' } }
const failed = { status: 'anonymous', error: { error: 'login_failed' } }

/** Has the token endpoint give another ID token than its own. */
function replaceIdToken(stage: SessionStage, replace: (idToken: string) => string | Promise<string>) {
  stage.tampering['token'] = async (response) => {
    const answer = (await response.json()) as { id_token: string }
    return Response.json({ ...answer, id_token: await replace(answer.id_token) })
  }
}

const claimsOf = (jwt: string) => JSON.parse(new TextDecoder().decode(base64url.decode(jwt.split('.')[1]!))) as Record<string, unknown>

test('asks for a login with PKCE, state and nonce, all new each time', async () => {
  using stage = await openSessionStage({ scope: 'openid orders_read', resource: ['https://api.example.com'] })
  const [first, second] = await Promise.all([stage.call('start', {}), stage.call('start', {})])
  const query = Object.fromEntries(new URL(first.url).searchParams)
  expect(query).toMatchObject({
    response_type: 'code',
    client_id: 'app',
    redirect_uri: 'https://app.example.com/callback',
    scope: 'openid orders_read',
    resource: 'https://api.example.com',
    state: first.attempt.state,
    nonce: first.attempt.nonce,
    code_challenge_method: 'S256',
  })
  expect(query['code_challenge']).not.toBe(first.attempt.verifier)
  const secrets = [first, second].flatMap(({ attempt }) => [attempt.state, attempt.nonce, attempt.verifier])
  expect(new Set(secrets).size).toBe(6)
  expect(secrets.every((secret) => secret.length === 43)).toBe(true)
})

test('asks for what an API has asked for, on top of the scope of the app', async () => {
  using stage = await openSessionStage({ scope: 'openid orders_read' })
  const { url } = await stage.call('start', {
    scope: 'payment',
    acrValues: ['gold', 'silver'],
    maxAgeSeconds: 60,
    loginHint: 'john',
    prompt: 'login',
  })
  expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
    scope: 'openid orders_read payment',
    acr_values: 'gold silver',
    max_age: '60',
    login_hint: 'john',
    prompt: 'login',
  })
})

test('pushes the request where the server requires that', async () => {
  using stage = await openSessionStage({}, { requirePushedAuthorizationRequests: true })
  const started = await stage.call('start', {})
  expect([...new URL(started.url).searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
  expect(await stage.call('complete', await stage.agree(started), started.attempt)).toMatchObject(authenticated)
})

test.each([
  ['a state of another attempt', (query: URLSearchParams) => query.set('state', 'x'.repeat(43))],
  ['no state', (query: URLSearchParams) => query.delete('state')],
  ['another issuer', (query: URLSearchParams) => query.set('iss', 'https://evil.example.com')],
  ['no issuer, at a server that says it', (query: URLSearchParams) => query.delete('iss')],
  ['a code twice', (query: URLSearchParams) => query.append('code', 'another')],
  ['an issuer twice', (query: URLSearchParams) => query.append('iss', query.get('iss') ?? '')],
])('refuses a callback with %s, and asks for no tokens', async (_title, spoil) => {
  using stage = await openSessionStage()
  const started = await stage.call('start', {})
  const query = new URLSearchParams(await stage.agree(started))
  spoil(query)
  expect(await stage.call('complete', `?${query}`, started.attempt)).toMatchObject(failed)
  expect(stage.asked('authorization_code')).toBe(0)
})

test('hands on the text of an error as it is, for the app to escape', async () => {
  using stage = await openSessionStage()
  const { attempt } = await stage.call('start', {})
  const description = '<img src=x onerror=alert(1)>'
  const query = new URLSearchParams({
    error: 'access_denied',
    error_description: description,
    state: attempt.state,
    iss: stage.issuer.issuer,
  })
  expect(await stage.call('complete', `?${query}`, attempt)).toEqual({
    status: 'anonymous',
    error: { error: 'access_denied', description },
  })
})

test('a user who is not known to the server has not failed, when it was asked without them', async () => {
  using stage = await openSessionStage()
  const { url, attempt } = await stage.call('start', { prompt: 'none' })
  const response = await stage.issuer.fetch(url, { redirect: 'manual' })
  const callback = new URL(response.headers.get('location') ?? '')
  expect(callback.searchParams.get('error')).toBe('login_required')
  expect(await stage.call('complete', callback.search, attempt)).toEqual({ status: 'anonymous' })
})

test('a user who was to log in, and whom the server does not know, is told why', async () => {
  using stage = await openSessionStage()
  const { attempt } = await stage.call('start', {})
  const query = new URLSearchParams({ error: 'login_required', state: attempt.state, iss: stage.issuer.issuer })
  expect(await stage.call('complete', `?${query}`, attempt)).toEqual({ status: 'anonymous', error: { error: 'login_required' } })
})

test('a step-up that was refused leaves the session before, and says so', async () => {
  using stage = await openSessionStage()
  await stage.logIn()
  const { attempt } = await stage.call('start', { acrValues: ['gold'] })
  const query = new URLSearchParams({ error: 'access_denied', state: attempt.state, iss: stage.issuer.issuer })
  expect(await stage.call('complete', `?${query}`, attempt)).toMatchObject({ ...authenticated, error: { error: 'access_denied' } })
})

test('a code that is redeemed again is a failed login, and the session stays', async () => {
  using stage = await openSessionStage()
  const started = await stage.call('start', {})
  const query = await stage.agree(started)
  expect(await stage.call('complete', query, started.attempt)).toMatchObject(authenticated)
  expect(await stage.call('complete', query, started.attempt)).toMatchObject({ status: 'authenticated', error: { error: 'login_failed' } })
})

test.each([
  ['of another audience', (stage: SessionStage, token: string) => stage.issuer.idToken({ ...claimsOf(token), aud: 'other' })],
  [
    'of another issuer',
    (stage: SessionStage, token: string) => stage.issuer.idToken({ ...claimsOf(token), iss: 'https://evil.example.com' }),
  ],
  ['of another attempt', (stage: SessionStage, token: string) => stage.issuer.idToken({ ...claimsOf(token), nonce: 'another' })],
  ['without a nonce', (stage: SessionStage, token: string) => stage.issuer.idToken({ ...claimsOf(token), nonce: undefined })],
  [
    'that has expired',
    (stage: SessionStage, token: string) => stage.issuer.idToken({ ...claimsOf(token), exp: Number(claimsOf(token)['iat']) - 3600 }),
  ],
  ['without a signature', (_stage: SessionStage, token: string) => `${base64url.encode('{"alg":"none"}')}.${token.split('.')[1]}.`],
  [
    'whose signature is another’s',
    (_stage: SessionStage, token: string) =>
      token.replace(/[^.]+$/, (signature) => signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))),
  ],
  [
    'whose claims were changed',
    (_stage: SessionStage, token: string) => {
      const [header, , signature] = token.split('.')
      return `${header}.${base64url.encode(JSON.stringify({ ...claimsOf(token), sub: 'jane' }))}.${signature}`
    },
  ],
  [
    'that is signed with a key of somebody else, under the kid of the server',
    async (_stage: SessionStage, token: string) => {
      const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
      const signed = token.slice(0, token.lastIndexOf('.'))
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(signed))
      return `${signed}.${base64url.encode(new Uint8Array(signature))}`
    },
  ],
  ['that is none', () => 'not.a.jwt'],
])('refuses an ID token %s', async (_title, replace) => {
  using stage = await openSessionStage()
  replaceIdToken(stage, (token) => replace(stage, token))
  expect(await stage.logIn()).toMatchObject(failed)
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
})

test.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)('takes an ID token that is signed with %s', async (algorithm) => {
  using stage = await openSessionStage({}, { algorithm })
  expect(await stage.logIn()).toMatchObject(authenticated)
})

test('a server that has changed its keys is asked for them again', async () => {
  using stage = await openSessionStage()
  expect(await stage.logIn()).toMatchObject(authenticated)
  await stage.issuer.rotateKeys({ keepOld: false })
  expect(await stage.logIn()).toEqual(expect.objectContaining({ status: 'authenticated' }))
  expect(stage.issuer.requests.filter(({ endpoint }) => endpoint === 'jwks')).toHaveLength(2)
})

test.each([
  ['says 500', () => new Response('oops', { status: 500 })],
  ['sends a page', () => new Response('<h1>Maintenance</h1>', { headers: { 'content-type': 'text/html' } })],
  ['sends half a document', () => new Response('{"access_token":', { headers: { 'content-type': 'application/json' } })],
  ['gives a token of another type', async (response: Response) => Response.json({ ...(await response.json()), token_type: 'mac' })],
  ['gives no access token', async (response: Response) => Response.json({ ...(await response.json()), access_token: undefined })],
  ['gives no ID token', async (response: Response) => Response.json({ ...(await response.json()), id_token: undefined })],
  ['redirects', () => Response.redirect('https://evil.example.com/', 307)],
  ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
])('a token endpoint that %s is a failed login', async (_title, tamper) => {
  using stage = await openSessionStage()
  stage.tampering['token'] = tamper
  const state = await stage.logIn()
  expect(state).toMatchObject(failed)
  expect(JSON.stringify(state)).not.toMatch(/eyJ/)
})

test('a server that does not say how long a token lasts is taken at its word', async () => {
  using stage = await openSessionStage()
  stage.tampering['token'] = async (response) => Response.json({ ...(await response.json()), expires_in: undefined })
  expect(await stage.logIn()).toMatchObject(authenticated)
  expect(await stage.call('getAccessToken')).toBe(await stage.call('getAccessToken'))
  expect(stage.asked('refresh_token')).toBe(0)
})

test('metadata of another issuer are refused, and asked for again the next time', async () => {
  using stage = await openSessionStage()
  const fault = stage.issuer.faults.add({ endpoint: 'openid-configuration', kind: 'wrong-issuer', issuer: 'https://evil.example.com' })
  await expect(stage.call('start', {})).rejects.toMatchObject({ code: 'unavailable' })
  fault.remove()
  expect(await stage.logIn()).toMatchObject(authenticated)
})

test.each([-600, 600])('logs in with a clock that is %i seconds off', async (seconds) => {
  const now = Date.now()
  using stage = await openSessionStage({}, { now: () => now })
  vi.useFakeTimers({ toFake: ['Date'], now: now + seconds * 1000 })
  expect(await stage.logIn({ maxAgeSeconds: 60 })).toMatchObject(authenticated)
  const token = await stage.call('getAccessToken')
  expect(await stage.call('getAccessToken')).toBe(token)
})

test('refuses a login that is older than was asked for, or does not say how old it is', async () => {
  using stage = await openSessionStage()
  for (const age of [120, Number.NaN]) {
    replaceIdToken(stage, (token) => {
      const claims = claimsOf(token)
      return stage.issuer.idToken({ ...claims, auth_time: Number.isNaN(age) ? undefined : Number(claims['iat']) - age })
    })
    expect(await stage.logIn({ maxAgeSeconds: 60 })).toMatchObject(failed)
  }
})
