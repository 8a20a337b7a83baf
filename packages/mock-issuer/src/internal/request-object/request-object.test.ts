import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, post, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const own = await generateKeyPair('ES256')
const other = await generateKeyPair('ES256')
const jwks = { keys: [await exportJWK((await generateKeyPair('ES256')).publicKey), await exportJWK(own.publicKey)] }
const clients = [
  { clientId: 'app', redirectUris: [redirectUri], jwks },
  { clientId: 'keyless', redirectUris: [redirectUri] },
]
const nowSeconds = Date.UTC(2026, 0, 1) / 1000

async function createIssuer(): Promise<MockIssuer> {
  return createMockIssuer({ clients, resources: ['https://a.example.com', 'https://b.example.com'], now: () => nowSeconds * 1000 })
}

interface Changes {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Record<string, unknown>
  readonly key?: CryptoKey | Uint8Array
}

/** Signs a good request object; a claim or a header parameter set to `undefined` is left out. */
function requestObject(issuer: MockIssuer, { claims = {}, header = {}, key = own.privateKey }: Changes = {}): Promise<string> {
  const parameters = Object.fromEntries(authorizationUrl(issuer).searchParams)
  const payload = { iss: 'app', aud: issuer.issuer, exp: nowSeconds + 60, ...parameters, state: 'signed', ...claims }
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'oauth-authz-req+jwt', ...header }).sign(key, { crit: { x: true } })
}

function open(issuer: MockIssuer, parameters: Record<string, string>) {
  return createBrowser(issuer.fetch).open(`${issuer.issuer}/authorize?${new URLSearchParams(parameters).toString()}`)
}

test('lets the parameters inside count, and none beside them', async () => {
  const issuer = await createIssuer()
  const request = await requestObject(issuer, { claims: { max_age: 60, resource: ['https://a.example.com', 'https://b.example.com'] } })
  const page = await open(issuer, { client_id: 'app', request, state: 'x', scope: 'root', redirect_uri: 'https://evil.example' })
  const { response } = await page.submit({ user: 'john' })

  const location = new URL(response.headers.get('location') ?? '')
  expect(location.origin + location.pathname).toBe(redirectUri)
  expect(location.searchParams.get('state')).toBe('signed')
  const tokens = await (await post(issuer, '/token', codeForm(location.searchParams.get('code')))).json()
  expect(JSON.parse(atob(tokens.access_token.split('.')[1]))).toMatchObject({
    scope: 'openid orders_read',
    aud: ['https://a.example.com', 'https://b.example.com'],
  })
})

test.each(['oauth-authz-req+jwt', 'application/oauth-authz-req+jwt', 'JWT', undefined])('takes the typ %j', async (typ) => {
  const issuer = await createIssuer()
  const request = await requestObject(issuer, { header: { typ } })

  expect((await open(issuer, { client_id: 'app', request })).response.status).toBe(200)
})

test('sends a refusal of what is inside to the redirect_uri inside, with the state inside', async () => {
  const issuer = await createIssuer()
  const request = await requestObject(issuer, { claims: { response_type: 'token' } })
  const { response } = await open(issuer, { client_id: 'app', request, response_type: 'code' })

  expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:3000\/callback\?error=unsupported_response_type&.*state=signed/)
})

describe('a request object that does not hold is answered with a page', () => {
  const bad: [string, (issuer: MockIssuer) => Promise<string> | string][] = [
    ['no JWS', () => 'e30'],
    ['without a signature', (issuer) => new UnsecuredJWT({ iss: 'app', aud: issuer.issuer, client_id: 'app' }).encode()],
    ['signed by another key', (issuer) => requestObject(issuer, { key: other.privateKey })],
    [
      'signed by a secret',
      (issuer) => requestObject(issuer, { header: { alg: 'HS256' }, key: new TextEncoder().encode(JSON.stringify(jwks.keys[1])) }),
    ],
    ['of another kind of JWT', (issuer) => requestObject(issuer, { header: { typ: 'at+jwt' } })],
    ['with an unknown crit', (issuer) => requestObject(issuer, { header: { crit: ['x'], x: 1 } })],
    ['of another issuer', (issuer) => requestObject(issuer, { claims: { iss: 'other' } })],
    ['without an issuer', (issuer) => requestObject(issuer, { claims: { iss: undefined } })],
    ['for another audience', (issuer) => requestObject(issuer, { claims: { aud: 'https://other.example' } })],
    ['without an audience', (issuer) => requestObject(issuer, { claims: { aud: undefined } })],
    ['that has expired', (issuer) => requestObject(issuer, { claims: { exp: nowSeconds } })],
    ['that says no end', (issuer) => requestObject(issuer, { claims: { exp: undefined } })],
    ['that ends in more than an hour', (issuer) => requestObject(issuer, { claims: { exp: nowSeconds + 3_601 } })],
    ['that is not valid yet', (issuer) => requestObject(issuer, { claims: { nbf: nowSeconds + 1 } })],
    ['of another client_id', (issuer) => requestObject(issuer, { claims: { client_id: 'keyless' } })],
    ['without a client_id', (issuer) => requestObject(issuer, { claims: { client_id: undefined } })],
    ['that is a client’s assertion', (issuer) => requestObject(issuer, { claims: { sub: 'app' } })],
    ['with another one in it', (issuer) => requestObject(issuer, { claims: { request: 'e30.e30.' } })],
    ['with a reference in it', (issuer) => requestObject(issuer, { claims: { request_uri: 'https://example.com' } })],
    ['with a parameter that is an object', (issuer) => requestObject(issuer, { claims: { scope: { openid: true } } })],
    ['with a parameter that is a list', (issuer) => requestObject(issuer, { claims: { redirect_uri: [redirectUri] } })],
  ]
  test.each(bad)('%s', async (_, make) => {
    const issuer = await createIssuer()
    const request = await make(issuer)
    const beside = Object.fromEntries(authorizationUrl(issuer).searchParams)
    const { response, html } = await open(issuer, { ...beside, request })

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBe(null)
    expect(html).toContain('This login cannot go on')
    const pushed = await post(issuer, '/par', { client_id: 'app', request })
    expect(await pushed.json()).toEqual({ error: 'invalid_request_object', error_description: expect.any(String) })
  })

  test('of a client without keys', async () => {
    const issuer = await createIssuer()
    const request = await requestObject(issuer, { claims: { iss: 'keyless', client_id: 'keyless' } })

    expect((await open(issuer, { client_id: 'keyless', request })).response.status).toBe(400)
  })
})

test('may be good for an hour, and for longer or for ever by the laxity of that name', async () => {
  const lax = await createMockIssuer({ clients, lax: ['request-object-long-lived'], now: () => nowSeconds * 1000 })
  const status = async (issuer: MockIssuer, exp: number | undefined) => {
    const request = await requestObject(issuer, { claims: { exp } })
    return (await open(issuer, { client_id: 'app', request })).response.status
  }

  expect(await status(await createIssuer(), nowSeconds + 3_600)).toBe(200)
  expect(await status(lax, nowSeconds + 3_601)).toBe(200)
  expect(await status(lax, undefined)).toBe(200)
  expect(await status(lax, nowSeconds)).toBe(400)
})

test('is pushed with nothing beside it but what authenticates the client', async () => {
  const issuer = await createIssuer()
  const request = await requestObject(issuer)
  const alone = await post(issuer, '/par', { client_id: 'app', request })
  const beside = await post(issuer, '/par', { client_id: 'app', request, state: 'x' })

  expect(alone.status).toBe(201)
  expect((await beside.json()).error).toBe('invalid_request')
})

test('takes the keys that a client publishes', async () => {
  const published = [{ clientId: 'app', redirectUris: [redirectUri], jwksUri: 'https://app.example.com/jwks' }]
  const fetch = async () => Response.json(jwks)
  const issuer = await createMockIssuer({ clients: published, now: () => nowSeconds * 1000, fetch })

  expect((await open(issuer, { client_id: 'app', request: await requestObject(issuer) })).response.status).toBe(200)
})

test('is announced in the metadata, and references to one are not', async () => {
  const issuer = await createIssuer()
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

  expect(metadata).toMatchObject({ request_parameter_supported: true, request_uri_parameter_supported: false })
  expect(metadata.request_object_signing_alg_values_supported).toContain('ES256')
  expect(metadata.request_object_signing_alg_values_supported).not.toContain('none')
})
