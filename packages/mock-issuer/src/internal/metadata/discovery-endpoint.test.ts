import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: {}, 'payment:*': {} } }

const secretMethods = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
]

// What an endpoint declares of itself is tested with it.
test('describes the issuer, the same at both well-known places', async () => {
  const issuer = await createMockIssuer({ contract, issuer: 'https://login.example.com/tenants/one' })
  const paths = ['/tenants/one/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/tenants/one']
  const documents = await Promise.all(paths.map(async (path) => (await issuer.fetch(`https://login.example.com${path}`)).json()))

  expect(documents[1]).toEqual(documents[0])
  expect(documents[0]).toMatchObject({
    issuer: 'https://login.example.com/tenants/one',
    authorization_endpoint: 'https://login.example.com/tenants/one/authorize',
    token_endpoint: 'https://login.example.com/tenants/one/token',
    jwks_uri: 'https://login.example.com/tenants/one/jwks',
    userinfo_endpoint: 'https://login.example.com/tenants/one/userinfo',
    introspection_endpoint: 'https://login.example.com/tenants/one/introspect',
    revocation_endpoint: 'https://login.example.com/tenants/one/revoke',
    scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'orders_read'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      'urn:openid:params:grant-type:ciba',
    ],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', ...secretMethods],
    introspection_endpoint_auth_methods_supported: secretMethods,
    revocation_endpoint_auth_methods_supported: ['none', ...secretMethods],
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256', 'PS256', 'EdDSA'],
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    claims_parameter_supported: false,
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
  })
})

test('says nothing that is not on this list', async () => {
  const issuer = await createMockIssuer({ contract, issuer: 'https://login.example.com' })
  const document = await (await issuer.fetch('https://login.example.com/.well-known/openid-configuration')).json()

  expect(Object.keys(document).toSorted()).toMatchInlineSnapshot(`
    [
      "acr_values_supported",
      "authorization_endpoint",
      "authorization_response_iss_parameter_supported",
      "backchannel_authentication_endpoint",
      "backchannel_logout_session_supported",
      "backchannel_logout_supported",
      "backchannel_token_delivery_modes_supported",
      "backchannel_user_code_parameter_supported",
      "claims_parameter_supported",
      "code_challenge_methods_supported",
      "device_authorization_endpoint",
      "dpop_signing_alg_values_supported",
      "end_session_endpoint",
      "frontchannel_logout_session_supported",
      "frontchannel_logout_supported",
      "grant_types_supported",
      "id_token_signing_alg_values_supported",
      "introspection_endpoint",
      "introspection_endpoint_auth_methods_supported",
      "introspection_endpoint_auth_signing_alg_values_supported",
      "introspection_signing_alg_values_supported",
      "issuer",
      "jwks_uri",
      "prompt_values_supported",
      "pushed_authorization_request_endpoint",
      "registration_endpoint",
      "request_object_signing_alg_values_supported",
      "request_parameter_supported",
      "request_uri_parameter_supported",
      "require_pushed_authorization_requests",
      "response_modes_supported",
      "response_types_supported",
      "revocation_endpoint",
      "revocation_endpoint_auth_methods_supported",
      "revocation_endpoint_auth_signing_alg_values_supported",
      "scopes_supported",
      "subject_types_supported",
      "tls_client_certificate_bound_access_tokens",
      "token_endpoint",
      "token_endpoint_auth_methods_supported",
      "token_endpoint_auth_signing_alg_values_supported",
      "userinfo_endpoint",
    ]
  `)
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
  const named = Object.keys(document).filter((name) => /_endpoint$|_uri$/.test(name))

  expect(named).toEqual(expect.arrayContaining(['jwks_uri', 'token_endpoint', 'device_authorization_endpoint', 'end_session_endpoint']))
  for (const name of named) {
    expect({ name, status: (await issuer.fetch(document[name], { method: 'OPTIONS' })).status }).toEqual({ name, status: 204 })
  }
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
