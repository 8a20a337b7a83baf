import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const origin = 'https://app.example.com'

function send(issuer: MockIssuer, method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return issuer.fetch(issuer.issuer + path, { method, headers })
}

test.each(['/', '', '/jwks/', '/JWKS', '/unknown', '/token/x', '/.outside'])('answers 404 to the path %j', async (path) => {
  const response = await send(await createMockIssuer(), 'GET', path)

  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ error: 'not_found' })
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([
  ['DELETE', '/jwks', 'GET, HEAD, OPTIONS'],
  ['POST', '/.well-known/openid-configuration', 'GET, HEAD, OPTIONS'],
  ['GET', '/token', 'POST, OPTIONS'],
  ['HEAD', '/introspect', 'POST, OPTIONS'],
  ['GET', '/login', 'POST, OPTIONS'],
  ['PUT', '/userinfo', 'GET, HEAD, POST, OPTIONS'],
  ['PATCH', '/authorize', 'GET, HEAD, POST, OPTIONS'],
])('answers 405 to %s %s and says what is allowed', async (method, path, allow) => {
  const response = await send(await createMockIssuer(), method, path)

  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe(allow)
})

test.each(['in process', 'on a socket'])('dates its answers %s by its own clock', async (where) => {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2030, 0, 1) })
  await using server = await issuer.listen()
  issuer.clock.advanceSeconds(60)
  const response = await (where === 'in process' ? issuer.fetch : fetch)(`${server.url}/jwks`)
  await response.text()

  expect(response.headers.get('date')).toBe('Tue, 01 Jan 2030 00:01:00 GMT')
})

test('answers HEAD as GET, without the body', async () => {
  const issuer = await createMockIssuer({ now: () => 5 })
  const [get, head] = [await send(issuer, 'GET', '/jwks'), await send(issuer, 'HEAD', '/jwks')]

  expect(head.status).toBe(200)
  expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers))
  expect(await head.text()).toBe('')
})

test('turns a fault of its own into a bare 500, and tells its owner the reason', async () => {
  const fault = new Error('a secret reason')
  const schema = { '~standard': { validate: () => Promise.reject(fault) } }
  const told: unknown[] = []
  const contract = { audience: 'a', scopes: {}, claims: schema }
  const issuer = await createMockIssuer({ contract, onError: (error) => told.push(error) })
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'service', client_secret: 'service-secret' })
  const response = await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', body })

  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ error: 'server_error' })
  expect(told).toEqual([fault])
})

test('logs each request on arrival, with its path alone', async () => {
  const issuer = await createMockIssuer({ now: () => 5 })
  const answer = send(issuer, 'GET', '/jwks?access_token=secret')
  expect(issuer.requests[0]?.status).toBe(undefined)
  await answer
  await send(issuer, 'GET', '/unknown?token=secret')

  expect(issuer.requests).toEqual([
    { timeMs: 5, method: 'GET', path: '/mock-issuer/jwks', endpoint: 'jwks', status: 200 },
    { timeMs: 5, method: 'GET', path: '/mock-issuer/unknown', endpoint: undefined, status: 404, refusal: { error: 'not_found' } },
  ])
})

test('lets a page of any origin read what is public', async () => {
  const issuer = await createMockIssuer()
  for (const path of ['/jwks', '/.well-known/openid-configuration']) {
    const response = await send(issuer, 'GET', path, { origin: 'https://anyone.example' })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  }
})

test.each(['/token', '/userinfo', '/revoke'])('lets only pages of registered clients read the answers of %s', async (path) => {
  const issuer = await createMockIssuer()
  const [good, bad, none] = await Promise.all([
    send(issuer, 'POST', path, { origin }),
    send(issuer, 'POST', path, { origin: 'https://app.example.com.evil.example' }),
    send(issuer, 'POST', path),
  ])

  expect(good.headers.get('access-control-allow-origin')).toBe(origin)
  expect(good.headers.get('access-control-allow-credentials')).toBe(null)
  expect(good.headers.get('access-control-expose-headers')).toBe('www-authenticate, dpop-nonce')
  for (const response of [good, bad, none]) expect(response.headers.get('vary')).toBe('origin')
  for (const response of [bad, none]) expect(response.headers.get('access-control-allow-origin')).toBe(null)
})

test.each(['/authorize', '/introspect', '/login'])('lets no page of another origin read the answers of %s', async (path) => {
  const response = await send(await createMockIssuer(), 'POST', path, { origin })

  expect(response.headers.get('access-control-allow-origin')).toBe(null)
})

test('answers the pre-flight of a registered client', async () => {
  const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' }
  const response = await send(await createMockIssuer(), 'OPTIONS', '/token', headers)

  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-origin')).toBe(origin)
  expect(response.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS')
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization, content-type, dpop')
})

test('answers OPTIONS without CORS by what is allowed', async () => {
  const response = await send(await createMockIssuer(), 'OPTIONS', '/introspect', { origin, 'access-control-request-method': 'POST' })

  expect(response.status).toBe(204)
  expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  expect(response.headers.get('access-control-allow-methods')).toBe(null)
})

test('refuses a path of more than 2,048 characters with 414, and does not log it', async () => {
  const issuer = await createMockIssuer()
  const base = new URL(issuer.issuer).pathname.length
  const longest = `/${'a'.repeat(2_047 - base)}`

  expect((await send(issuer, 'GET', `${longest}?${'q'.repeat(9_000)}`)).status).toBe(404)
  const refused = await send(issuer, 'GET', `${longest}a`)
  expect([refused.status, await refused.json()]).toEqual([
    414,
    { error: 'invalid_request', error_description: 'The path is longer than 2048 characters.' },
  ])
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff')
  expect(issuer.requests).toHaveLength(1)
})
