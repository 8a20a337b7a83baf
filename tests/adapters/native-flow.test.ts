import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hosts } from './hosts.js'
import { challengeOf, type ServedApi, serveApi } from './served-api.js'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
const preflight = [
  ['origin', 'https://app.example.com'],
  ['access-control-request-method', 'GET'],
  ['access-control-request-headers', 'authorization'],
] as const

describe.each(hosts.map((host) => [host.name, host] as const))('%s', (_name, host) => {
  let api: ServedApi
  let openVault: (isOpen: boolean) => void = () => {}

  beforeAll(async () => {
    api = await serveApi(host, { isVaultOpen: () => new Promise((resolve) => (openVault = resolve)) })
  })
  afterAll(() => api.close())

  describe('methods', () => {
    test.each(methods)('does not let %s past a guarded router without a token', async (method) => {
      const before = api.host.entered.length
      const response = await api.request('/office/report', { method })
      expect([response.status, challengeOf(response)?.realm]).toEqual([401, 'orders-api'])
      expect(api.host.entered.length).toBe(before)
    })

    test('answers HEAD as GET, without the body', async () => {
      const refused = await api.request('/me', { method: 'HEAD' })
      expect([refused.status, refused.body, challengeOf(refused)?.realm]).toEqual([401, '', 'orders-api'])
      const allowed = await api.request('/me', { method: 'HEAD', claims: {} })
      expect([allowed.status, allowed.body]).toEqual([200, ''])
    })
  })

  describe('behind the CORS middleware of the framework', () => {
    test('leaves a pre-flight to it, which does not open the handler', async () => {
      const before = api.host.entered.length
      const response = await api.request('/shop/items', { method: 'OPTIONS', fields: preflight })
      expect([response.status, response.headers['access-control-allow-origin'], response.body]).toEqual([204, '*', ''])
      expect(api.host.entered.length).toBe(before)
    })

    test('refuses the request itself in a way that the browser may read', async () => {
      const response = await api.request('/shop/items', { fields: [['origin', 'https://app.example.com']] })
      expect([response.status, response.headers['access-control-allow-origin']]).toEqual([401, '*'])
      expect((await api.request('/shop/items', { claims: {}, fields: preflight })).status).toBe(200)
    })

    test('refuses what only looks like a pre-flight where no CORS middleware is mounted', async () => {
      const response = await api.request('/office/report', { method: 'OPTIONS', fields: preflight })
      expect(response.status).toBe(401)
    })
  })

  describe('errors', () => {
    test("leaves the handler's own fault to the framework", async () => {
      expect((await api.request('/fault', { claims: {} })).status).toBe(500)
    })

    test('names the fix when principal() is called where nothing has authenticated', async () => {
      expect((await api.request('/forgotten', { claims: {} })).status).toBe(500)
    })

    test('does not answer twice, nor enter the handler, when somebody has begun to answer', async () => {
      const response = await api.request('/answered')
      expect([response.status, response.body]).toEqual([202, 'answered'])
      expect(api.host.entered).not.toContain('GET /answered')
      expect((await api.request('/health')).status).toBe(200)
    })

    test('survives a client that hangs up while a check is going on', async () => {
      const token = await api.issuer.accessToken({ account_nr: '42' })
      const before = api.events.length
      const socket = connect(api.host.port, '127.0.0.1')
      socket.write(`GET /vault HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`)
      await expect.poll(() => api.events.length).toBe(before + 1)
      socket.destroy()
      await new Promise((resolve) => socket.once('close', resolve))
      openVault(false)
      await expect.poll(() => api.events.length).toBe(before + 2)
      expect((await api.request('/health')).status).toBe(200)
    })
  })

  test('gives refusals to the error handling of the application, if it is told to', async () => {
    const own = await serveApi(host, { refusals: 'application' })
    const [missing, forbidden] = [await own.request('/me'), await own.request('/desk', { claims: {} })]
    const [scope, unavailable] = [await own.request('/spoofed', { claims: {} }), await own.request('/vault', { claims: { exp: 1 } })]
    await own.close()

    expect(missing.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(JSON.parse(missing.body)).toEqual({ title: 'An access token is required.', status: 401 })
    expect(challengeOf(missing)).toMatchObject({ realm: 'orders-api' })
    expect(JSON.parse(forbidden.body)).toEqual({ title: 'The access token does not allow this operation.', status: 403 })
    expect(challengeOf(forbidden)).toEqual(challengeOf(missing))
    expect(challengeOf(scope)).toMatchObject({ error: 'insufficient_scope', scope: 'orders_read' })
    expect(challengeOf(unavailable)).toMatchObject({ error: 'invalid_token' })
  })

  test('keeps status and challenge when the application has no error handling for that', async () => {
    const own = await serveApi(host, { refusals: 'framework', isVaultOpen: () => Promise.reject(new Error('PDP')) })
    const [missing, unavailable] = [await own.request('/me'), await own.request('/vault', { claims: {} })]
    const forbidden = await own.request('/desk', { claims: {} })
    await own.close()

    expect([missing.status, challengeOf(missing)?.realm]).toEqual([401, 'orders-api'])
    expect([forbidden.status, challengeOf(forbidden)]).toEqual([403, challengeOf(missing)])
    expect([unavailable.status, unavailable.headers['retry-after'], challengeOf(unavailable)]).toEqual([503, '5', undefined])
    expect(`${missing.text} ${forbidden.text} ${unavailable.text}`).not.toMatch(/^ *at |node:|\.ts:|PDP/m)
  })
})
