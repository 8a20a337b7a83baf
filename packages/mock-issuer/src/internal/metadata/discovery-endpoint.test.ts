import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: {}, 'payment:*': {} } }

test('describes the issuer, the same at both well-known places', async () => {
  const issuer = await createMockIssuer({ contract, issuer: 'https://login.example.com/tenants/one' })
  const paths = ['/tenants/one/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/tenants/one']
  const documents = await Promise.all(paths.map(async (path) => (await issuer.fetch(`https://login.example.com${path}`)).json()))

  expect(documents[1]).toEqual(documents[0])
  expect(documents[0]).toEqual({
    issuer: 'https://login.example.com/tenants/one',
    authorization_endpoint: 'https://login.example.com/tenants/one/authorize',
    token_endpoint: 'https://login.example.com/tenants/one/token',
    jwks_uri: 'https://login.example.com/tenants/one/jwks',
    userinfo_endpoint: 'https://login.example.com/tenants/one/userinfo',
    introspection_endpoint: 'https://login.example.com/tenants/one/introspect',
    revocation_endpoint: 'https://login.example.com/tenants/one/revoke',
    scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'orders_read'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256', 'PS256', 'EdDSA'],
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  })
})

test('keeps the slash of a name that ends in one, and doubles it in no URL', async () => {
  const issuer = await createMockIssuer({ issuer: 'https://login.example.com/one/' })
  const document = await (await issuer.fetch('https://login.example.com/one/.well-known/openid-configuration')).json()

  expect(document.issuer).toBe('https://login.example.com/one/')
  expect(document.jwks_uri).toBe('https://login.example.com/one/jwks')
})

test('names endpoints that all exist', async () => {
  const issuer = await createMockIssuer()
  const document = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()
  const urls = Object.entries(document).flatMap(([name, value]) => (/_endpoint$|_uri$/.test(name) ? [String(value)] : []))

  expect(urls.length).toBe(6)
  for (const url of urls) expect((await issuer.fetch(url, { method: 'OPTIONS' })).status).toBe(204)
})

test('can be cached and revalidated', async () => {
  const issuer = await createMockIssuer()
  const url = `${issuer.issuer}/.well-known/openid-configuration`
  const first = await issuer.fetch(url)
  expect(first.headers.get('cache-control')).toBe('public, max-age=300')
  expect(first.headers.get('content-type')).toBe('application/json')

  const again = await issuer.fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})
