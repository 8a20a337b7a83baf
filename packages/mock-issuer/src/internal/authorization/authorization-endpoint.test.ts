import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: {}, 'payment:*': {} } }
const clients = [
  {
    clientId: 'app',
    redirectUris: [redirectUri, 'http://localhost:3000/callback', 'https://app.example.com/cb?keep=1', 'com.example.app:/cb'],
  },
  { clientId: 'exchange', redirectUris: [redirectUri], grantTypes: ['refresh_token' as const] },
  { clientId: 'narrow', redirectUris: [redirectUri], scopes: ['payment:*'] },
  { clientId: 'machine', clientSecret: 's' },
]

async function open(changes: Record<string, string | undefined>, more = '', issuer?: MockIssuer) {
  const used = issuer ?? (await createMockIssuer({ contract, clients }))
  return createBrowser(used.fetch).open(`${authorizationUrl(used, changes).href}${more}`)
}

describe('a request that does not prove where its client is', () => {
  test.each([
    ['no client_id', { client_id: undefined }, ''],
    ['an unknown client_id', { client_id: 'nobody' }, ''],
    ['two client_ids', {}, '&client_id=app'],
    ['no redirect_uri', { redirect_uri: undefined }, ''],
    ['two redirect_uris', {}, `&redirect_uri=${encodeURIComponent(redirectUri)}`],
    ['a redirect_uri with a slash more', { redirect_uri: `${redirectUri}/` }, ''],
    ['a redirect_uri with a query more', { redirect_uri: `${redirectUri}?x=1` }, ''],
    ['a redirect_uri in other case', { redirect_uri: redirectUri.replace('callback', 'Callback') }, ''],
    ['a redirect_uri on another port', { redirect_uri: 'http://localhost:3001/callback' }, ''],
    ['a redirect_uri on a host that starts the same', { redirect_uri: 'https://app.example.com.evil.example/cb?keep=1' }, ''],
    ['a client without redirect URIs', { client_id: 'machine' }, ''],
  ])('is answered with a page, and never redirected: %s', async (_, changes, more) => {
    const { response, html } = await open(changes, more)

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBe(null)
    expect(html).toContain('This login cannot go on')
    expect(html).not.toMatch(/href|<script|<form/)
  })

  test('is answered with a page when its query is too long', async () => {
    const { response } = await open({ state: 'x'.repeat(17_000) })

    expect(response.status).toBe(414)
  })
})

describe('a request that breaks a rule', () => {
  const challenge = { code_challenge: undefined, code_challenge_method: undefined }
  test.each([
    ['invalid_request', 'no response_type', { response_type: undefined }, ''],
    ['unsupported_response_type', 'the implicit flow', { response_type: 'token' }, ''],
    ['unsupported_response_type', 'the hybrid flow', { response_type: 'code id_token' }, ''],
    ['invalid_request', 'no PKCE', challenge, ''],
    ['invalid_request', 'a plain challenge', { code_challenge_method: 'plain' }, ''],
    ['invalid_request', 'a challenge without a method, which means plain', { code_challenge_method: undefined }, ''],
    ['invalid_request', 'a challenge in hex', { code_challenge: 'ab'.repeat(32) }, ''],
    ['invalid_request', 'a method without a challenge', { code_challenge: undefined }, ''],
    ['invalid_request', 'a repeated parameter', {}, '&scope=openid'],
    ['invalid_request', 'a repeated parameter that no one knows', {}, '&x=1&x=2'],
    ['invalid_request', 'a response mode that there is not', { response_mode: 'fragment' }, ''],
    ['invalid_request', 'an unknown prompt', { prompt: 'sudo' }, ''],
    ['invalid_request', 'prompt none together with another', { prompt: 'none login' }, ''],
    ['invalid_request', 'a max_age that is no number', { max_age: '-1' }, ''],
    ['login_required', 'prompt none', { prompt: 'none' }, ''],
    ['request_uri_not_supported', 'a request object by reference', { request_uri: 'https://example.com' }, ''],
    ['registration_not_supported', 'registration in the request', { registration: '{}' }, ''],
    ['invalid_request', 'a dpop_jkt that is no thumbprint', { dpop_jkt: 'abc' }, ''],
    ['unauthorized_client', 'a client that is not registered for codes', { client_id: 'exchange' }, ''],
    ['invalid_target', 'a resource that is no absolute URI', { resource: '/orders' }, ''],
    ['invalid_target', 'a resource with a fragment', {}, '&resource=https://api.example.com&resource=https://api.example.com/%23a'],
    ['invalid_authorization_details', 'details that are no JSON', { authorization_details: '{' }, ''],
    ['invalid_scope', 'a scope that the contract lacks', { scope: 'orders_raed' }, ''],
    ['invalid_scope', 'a prefix as the scope', { scope: 'payment:*' }, ''],
    ['invalid_scope', 'a malformed scope', { scope: 'orders_read  openid' }, ''],
    ['invalid_scope', 'a scope that the client is not registered for', { client_id: 'narrow', scope: 'orders_read' }, ''],
  ])('is sent back with %s, the state and the issuer: %s', async (error, _, changes, more) => {
    const { response } = await open(changes, more)

    const location = new URL(response.headers.get('location') ?? '')
    expect(response.status).toBe(303)
    expect(location.origin + location.pathname).toBe(redirectUri)
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error,
      error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
      state: 'state-1',
      iss: 'http://localhost/mock-issuer',
    })
  })

  test('is sent back without a state when there are two', async () => {
    const { response } = await open({}, '&state=state-2')

    expect(new URL(response.headers.get('location') ?? '').searchParams.has('state')).toBe(false)
  })

  test('is sent back to a redirect URI with its own query kept', async () => {
    const { response } = await open({ redirect_uri: 'https://app.example.com/cb?keep=1', response_type: undefined })

    expect(response.headers.get('location')).toMatch(/^https:\/\/app\.example\.com\/cb\?keep=1&error=invalid_request&/)
  })
})

describe('the login page', () => {
  test('offers the users, and shows what the client asks for', async () => {
    const users = [{ sub: 'john', name: 'John', description: 'trader, New York' }]
    const described = { audience: 'a', scopes: { 'payment:*': { description: 'One payment' } } }
    const issuer = await createMockIssuer({ users, contract: described })
    const { response, html } = await open({ scope: 'payment:123' }, '', issuer)

    expect(response.status).toBe(200)
    for (const text of ['Log in to Example app', 'trader, New York', 'value="john"', 'payment:123', 'One payment', 'Continue', 'Cancel']) {
      expect(html).toContain(text)
    }
  })

  test('escapes whatever it shows', async () => {
    const evil = `"><script>alert('x')</script>`
    const issuer = await createMockIssuer({
      users: [{ sub: evil, description: evil }],
      clients: [{ clientId: 'app', name: evil, redirectUris: [redirectUri] }],
      contract: { audience: 'a', scopes: { s: { description: evil } } },
    })
    const { html } = await open({ scope: 's', state: evil, nonce: evil }, '', issuer)

    expect(html.match(/<script/g)).toBe(null)
    expect(html.match(/&quot;&gt;&lt;script&gt;alert\(&#39;x&#39;\)&lt;\/script&gt;/g)?.length).toBeGreaterThanOrEqual(4)
  })

  test('may run no script, load nothing, be framed by no one and be cached nowhere', async () => {
    const { response } = await open({})

    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]{43}'; form-action 'self' http: https:; frame-ancestors 'none'; base-uri 'none'$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('access-control-allow-origin')).toBe(null)
  })

  test('lets its form lead to the scheme of a native application', async () => {
    const { response } = await open({ redirect_uri: 'com.example.app:/cb' })

    expect(response.headers.get('content-security-policy')).toContain("form-action 'self' http: https: com.example.app:;")
  })

  test('is shown for a request by POST too', async () => {
    const issuer = await createMockIssuer({ contract, clients })
    const url = authorizationUrl(issuer)
    const { response } = await createBrowser(issuer.fetch).open(`${issuer.issuer}/authorize`, { method: 'POST', body: url.searchParams })

    expect(response.status).toBe(200)
  })

  test('is not shown for a POST that is no form', async () => {
    const issuer = await createMockIssuer({ contract, clients })
    const { response } = await createBrowser(issuer.fetch).open(`${issuer.issuer}/authorize`, { method: 'POST', body: '{}' })

    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})
