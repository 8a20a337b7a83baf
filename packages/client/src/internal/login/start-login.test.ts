import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { createLoginStage, redirectUri, requestsTo } from '../../../test/login-attempt.js'
import type { StartLoginOptions } from '../../login.js'

/** The request as it would be in the URL. */
const unpushed = { client: { pushedAuthorizationRequests: 'never' } } as const

test('a login has PKCE with S256, a state and a nonce, at the configured redirect URI', async () => {
  const { client, issuer } = await createLoginStage(unpushed)
  const { url, state, transaction, expiresAt } = await client.startLogin()
  const kept = JSON.parse(transaction) as Record<string, string>
  expect(url.split('?')[0]).toBe(`${issuer.issuer}/authorize`)
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.codeVerifier ?? ''),
    code_challenge_method: 'S256',
  })
  expect(expiresAt).toBe(Math.floor(issuer.clock.now() / 1000) + 600)
})

test('no two logins share a secret, and each has 256 bits', async () => {
  const { client } = await createLoginStage(unpushed)
  const started = await Promise.all(Array.from({ length: 50 }, () => client.startLogin()))
  const secrets = started.flatMap(({ transaction }) => {
    const { state, nonce, codeVerifier } = JSON.parse(transaction) as Record<string, string>
    return [state, nonce, codeVerifier]
  })
  expect(new Set(secrets).size).toBe(150)
  expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret ?? ''))).toBe(true)
})

test('the secrets of the attempt are not in the URL', async () => {
  const { client } = await createLoginStage(unpushed)
  const { url, transaction } = await client.startLogin({ appState: 'cart-7', returnTo: '/secret-page' })
  const { codeVerifier } = JSON.parse(transaction) as { codeVerifier: string }
  for (const secret of [codeVerifier, 'cart-7', 'secret-page']) expect(url).not.toContain(secret)
})

test('with DPoP the code is bound to the key of the client (dpop_jkt), and without it to none', async () => {
  const [bound, unbound] = [await createLoginStage({ client: { ...unpushed.client, dpop: {} } }), await createLoginStage(unpushed)]
  const { url, transaction } = await bound.client.startLogin()
  const { keyThumbprint } = JSON.parse(transaction) as { keyThumbprint: string }
  expect(keyThumbprint).toBe(await bound.client.keyThumbprint())
  expect(new URL(url).searchParams.get('dpop_jkt')).toBe(keyThumbprint)
  expect(new URL((await unbound.client.startLogin()).url).searchParams.has('dpop_jkt')).toBe(false)
})

test('without openid there is no nonce', async () => {
  const { client } = await createLoginStage(unpushed)
  const { url } = await client.startLogin({ scope: 'orders_read' })
  expect(new URL(url).searchParams.has('nonce')).toBe(false)
})

test('everything that can be asked for is asked for by its parameter', async () => {
  const { client } = await createLoginStage(unpushed)
  const details = [{ type: 'payment', amount: '42.00' }]
  const { url } = await client.startLogin({
    scope: 'openid orders_read',
    resource: ['https://orders.example.com', 'https://billing.example.com'],
    acrValues: ['urn:example:mfa', 'urn:example:pwd'],
    maxAgeSeconds: 0,
    loginHint: 'john@example.com',
    prompt: 'login',
    uiLocales: ['de', 'en'],
    authorizationDetails: details,
    responseMode: 'form_post',
    parameters: { 'x-tenant': 'a b&c=d' },
  })
  const query = new URL(url).searchParams
  expect(query.getAll('resource')).toEqual(['https://orders.example.com', 'https://billing.example.com'])
  expect(Object.fromEntries(query)).toMatchObject({
    scope: 'openid orders_read',
    acr_values: 'urn:example:mfa urn:example:pwd',
    max_age: '0',
    login_hint: 'john@example.com',
    prompt: 'login',
    ui_locales: 'de en',
    authorization_details: JSON.stringify(details),
    response_mode: 'form_post',
    'x-tenant': 'a b&c=d',
  })
})

test('one resource may be a text', async () => {
  const { client } = await createLoginStage(unpushed)
  const { url } = await client.startLogin({ resource: 'https://orders.example.com' })
  expect(new URL(url).searchParams.getAll('resource')).toEqual(['https://orders.example.com'])
})

test('a command line tool comes back to the port that it waits at', async () => {
  const { client, issuer } = await createLoginStage({
    issuer: { clients: [{ clientId: 'app', redirectUris: ['http://127.0.0.1/callback'] }] },
    client: { redirectUri: 'http://127.0.0.1/callback', pushedAuthorizationRequests: 'never' },
  })
  const started = await client.startLogin({ loopbackPort: 51_004 })
  expect(new URL(started.url).searchParams.get('redirect_uri')).toBe('http://127.0.0.1:51004/callback')
  const answer = await issuer.fetch(started.url, { headers: { 'mock-user': 'john' }, redirect: 'manual' })
  const callback = answer.headers.get('location') ?? ''
  expect(callback.startsWith('http://127.0.0.1:51004/callback?')).toBe(true)
  expect((await client.completeLogin({ callback, transaction: started.transaction })).kind).toBe('logged-in')
})

describe('what cannot work is refused before anything is sent', () => {
  const cases: readonly [string, StartLoginOptions, string][] = [
    ['an option that there is not', { maxAge: 60 } as StartLoginOptions, 'there is no option "maxAge"'],
    ['another origin to go on at', { returnTo: '//evil.example.org' }, 'returnTo'],
    ['another origin, encoded', { returnTo: '/%5Cevil.example.org' }, 'returnTo'],
    ['a URL to go on at', { returnTo: 'https://app.example.com/' }, 'returnTo'],
    ['a scope with two spaces', { scope: 'openid  orders_read' }, 'scope'],
    ['a scope with a quote', { scope: 'openid "' }, 'scope'],
    ['no scope', { scope: '' }, 'scope'],
    ['an appState that is too long', { appState: 'a'.repeat(1025) }, 'appState'],
    ['a loginHint that is too long', { loginHint: 'a'.repeat(1025) }, 'loginHint'],
    ['a prompt that there is not', { prompt: 'never' as 'none' }, 'prompt'],
    ['a response mode that exposes the code to scripts', { responseMode: 'fragment' as 'query' }, 'responseMode'],
    ['an acr with a space', { acrValues: ['a b'] }, 'acrValues'],
    ['a locale with a space', { uiLocales: ['de en'] }, 'uiLocales'],
    ['locales in one text', { uiLocales: 'de en' as unknown as string[] }, 'uiLocales'],
    ['an acr that is required and not said', { requireAcr: true }, 'requireAcr needs acrValues'],
    ['an acr that no ID token can say', { requireAcr: true, acrValues: ['a'], scope: 'orders_read' }, 'ask for the scope openid'],
    ['an age that no ID token can say', { maxAgeSeconds: 60, scope: 'orders_read' }, 'ask for the scope openid'],
    ['a negative age', { maxAgeSeconds: -1 }, 'maxAgeSeconds'],
    ['half a second', { maxAgeSeconds: 0.5 }, 'maxAgeSeconds'],
    ['a resource that is no URI', { resource: 'orders' }, 'resource'],
    ['a resource with a fragment', { resource: 'https://orders.example.com/#a' }, 'resource'],
    ['details without a type', { authorizationDetails: [{ type: '' }] }, 'authorizationDetails'],
  ]
  test.each(cases)('%s', async (_what, options, message) => {
    const { client, issuer } = await createLoginStage()
    await expect(client.startLogin(options)).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringContaining(message),
    })
    expect(issuer.requests).toEqual([])
  })

  test.each([
    'state',
    'nonce',
    'code_challenge',
    'redirect_uri',
    'response_type',
    'response_mode',
    'client_id',
    'request',
    'request_uri',
    'max_age',
  ])('the parameter %s by the back door', async (name) => {
    const { client, issuer } = await createLoginStage()
    await expect(client.startLogin({ parameters: { [name]: 'x' } })).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringContaining(`parameters.${name}`),
    })
    expect(requestsTo(issuer, 'pushed-authorization-request')).toBe(0)
  })

  test('more than can be kept until the user is back', async () => {
    const { client, issuer } = await createLoginStage()
    await expect(client.startLogin({ scope: `openid ${'a'.repeat(40_000)}` })).rejects.toMatchObject({ code: 'configuration_invalid' })
    expect(issuer.requests).toEqual([])
  })

  test('a client without redirect URI', async () => {
    const { client } = await createLoginStage({ client: { redirectUri: undefined } })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'configuration_invalid' })
  })
})
