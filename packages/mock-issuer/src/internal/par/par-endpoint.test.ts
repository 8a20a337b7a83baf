import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const prefix = 'urn:ietf:params:oauth:request_uri:'

/** Pushes a good request of the default public client; a parameter set to an empty string counts as left out. */
async function push(issuer: MockIssuer, changes: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const form = { ...Object.fromEntries(authorizationUrl(issuer).searchParams), ...changes }
  const response = await post(issuer, '/par', form, headers)
  return { response, body: await response.json() }
}

function open(issuer: MockIssuer, parameters: Record<string, string>) {
  return createBrowser(issuer.fetch).open(`${issuer.issuer}/authorize?${new URLSearchParams(parameters).toString()}`)
}

test('keeps a request for 60 seconds and names it by a URN that cannot be guessed', async () => {
  const { response, body } = await push(await createMockIssuer())

  expect(response.status).toBe(201)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(body).toEqual({ request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/), expires_in: 60 })
})

test('lets the user log in by the request that was pushed, whatever else the browser brings', async () => {
  const issuer = await createMockIssuer()
  const { body } = await push(issuer, { client_id: 'app', state: 'pushed', scope: 'orders_read' })
  const beside = { state: 'x', scope: 'root', redirect_uri: 'https://evil.example', response_type: 'token', code_challenge: 'x' }
  const page = await open(issuer, { client_id: 'app', request_uri: body.request_uri, ...beside })
  const { response } = await page.submit({ user: 'john' })

  const location = new URL(response.headers.get('location') ?? '')
  expect(location.host).toBe('127.0.0.1:3000')
  expect(location.searchParams.get('state')).toBe('pushed')
  const tokens = await (await post(issuer, '/token', codeForm(location.searchParams.get('code')))).json()
  expect(tokens.scope).toBe('orders_read')
})

test('authenticates a confidential client, and takes the request of no other', async () => {
  const issuer = await createMockIssuer()
  const foreign = await push(issuer, { client_id: 'app' }, service)
  const nobody = await push(issuer, { client_id: 'service' })
  const own = await push(issuer, { client_id: 'service' }, service)

  expect([foreign.response.status, foreign.body.error]).toEqual([400, 'invalid_request'])
  expect([nobody.response.status, nobody.body.error]).toEqual([401, 'invalid_client'])
  expect(own.response.status).toBe(201)
})

test.each<[string, Record<string, string>]>([
  ['invalid_client', { client_id: 'nobody' }],
  ['invalid_request', { request_uri: `${prefix}x` }],
  ['invalid_request', { request_uri: 'https://example.com/request' }],
  ['invalid_request', { redirect_uri: 'https://evil.example/' }],
  ['invalid_request', { redirect_uri: '' }],
  ['invalid_request', { response_type: '' }],
  ['unsupported_response_type', { response_type: 'token' }],
  ['invalid_request', { code_challenge: '' }],
  ['invalid_request', { code_challenge_method: 'plain' }],
  ['invalid_request', { prompt: 'none login' }],
  ['invalid_scope', { scope: 'a  b' }],
  ['invalid_target', { resource: 'orders' }],
  ['invalid_authorization_details', { authorization_details: '[]' }],
  ['invalid_request_object', { request: 'e30.e30.', ...without('client_id') }],
])('answers %s to a pushed request with %j', async (error, changes) => {
  const { response, body } = await push(await createMockIssuer(), changes)

  expect(response.status).toBe(error === 'invalid_client' ? 401 : 400)
  expect(body).toEqual({ error, error_description: expect.any(String) })
})

/** The parameters of a good request, all left out but one. */
function without(kept: string): Record<string, string> {
  const names = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method']
  return Object.fromEntries(names.filter((name) => name !== kept).map((name) => [name, '']))
}

test('demands a client_id even of a client that the header names', async () => {
  const { body } = await push(await createMockIssuer(), { client_id: '' }, service)

  expect(body.error).toBe('invalid_request')
})

test('refuses a repeated parameter', async () => {
  const issuer = await createMockIssuer()
  const response = await post(issuer, '/par', `${authorizationUrl(issuer).searchParams.toString()}&scope=openid`)

  expect((await response.json()).error).toBe('invalid_request')
})

describe('a request_uri', () => {
  test('can be used once', async () => {
    const issuer = await createMockIssuer()
    const { body } = await push(issuer)
    const parameters = { client_id: 'app', request_uri: body.request_uri }

    expect((await open(issuer, parameters)).response.status).toBe(200)
    expect((await open(issuer, parameters)).response.status).toBe(400)
  })

  test('can be used for 60 seconds', async () => {
    const issuer = await createMockIssuer({ now: () => 1_800_000_000_000 })
    const [early, late] = [await push(issuer), await push(issuer)]
    issuer.clock.advanceSeconds(59)
    expect((await open(issuer, { client_id: 'app', request_uri: early.body.request_uri })).response.status).toBe(200)
    issuer.clock.advanceSeconds(1)
    expect((await open(issuer, { client_id: 'app', request_uri: late.body.request_uri })).response.status).toBe(400)
  })

  test('is of no use to another client, which leaves it to its own', async () => {
    const issuer = await createMockIssuer()
    const { body } = await push(issuer)
    const stolen = await open(issuer, { client_id: 'service', request_uri: body.request_uri })

    expect(stolen.response.status).toBe(400)
    expect(stolen.response.headers.get('location')).toBe(null)
    expect((await open(issuer, { client_id: 'app', request_uri: body.request_uri })).response.status).toBe(200)
  })

  test.each(['&request=e30.e30.', '&client_id=app', '&request_uri=x', '&request_uri='])(
    'is not taken with %s beside it',
    async (beside) => {
      const issuer = await createMockIssuer()
      const { body } = await push(issuer)
      const query = new URLSearchParams({ client_id: 'app', request_uri: body.request_uri }).toString()
      const browser = createBrowser(issuer.fetch)
      const refused = await browser.open(`${issuer.issuer}/authorize?${query}${beside}`)

      expect([refused.response.status, refused.response.headers.get('location')]).toEqual([400, null])
      expect((await browser.open(`${issuer.issuer}/authorize?${query}`)).response.status).toBe(200)
    },
  )

  test.each<Record<string, string>>([
    { client_id: 'app', request_uri: `${prefix}${'x'.repeat(43)}` },
    { request_uri: `${prefix}x` },
    { client_id: 'app', request_uri: `${prefix}x`, request: 'e30.e30.' },
  ])('is answered with a page where it is of no use: %j', async (parameters) => {
    const { response, html } = await open(await createMockIssuer(), parameters)

    expect(response.status).toBe(400)
    expect(html).toContain('This login cannot go on')
  })
})

describe('where requests must be pushed', () => {
  const clients = [{ clientId: 'app', redirectUris: ['http://127.0.0.1:3000/callback'], requirePushedAuthorizationRequests: true }]

  test.each([{ requirePushedAuthorizationRequests: true }, { clients }])('one that was not is refused: %j', async (options) => {
    const issuer = await createMockIssuer(options)
    const direct = await createBrowser(issuer.fetch).open(authorizationUrl(issuer))
    const { body } = await push(issuer)

    expect(direct.response.headers.get('location')).toContain('error=invalid_request')
    expect((await open(issuer, { client_id: 'app', request_uri: body.request_uri })).response.status).toBe(200)
  })

  test.each([true, false])('the metadata says so: %j', async (required) => {
    const issuer = await createMockIssuer({ requirePushedAuthorizationRequests: required })
    const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

    expect(metadata.require_pushed_authorization_requests).toBe(required)
    expect(metadata.pushed_authorization_request_endpoint).toBe(`${issuer.issuer}/par`)
  })
})
