import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resource } from './host.js'
import { hosts } from './hosts.js'
import { challengeOf, type ServedApi, serveApi } from './served-api.js'

const challenge = { realm: 'orders-api', resource_metadata: `${resource}/.well-known/oauth-protected-resource` }
const invalidToken = { ...challenge, error: 'invalid_token', error_description: 'The access token is invalid or has expired.' }
const forbidden = { error: 'forbidden', error_description: 'The access token does not allow this operation.' }
const reader = { scope: 'orders_read' }

describe.each(hosts.map((host) => [host.name, host] as const))('%s', (_name, host) => {
  let api: ServedApi
  let isVaultOpen: () => boolean | Promise<boolean> = () => true

  beforeAll(async () => {
    api = await serveApi(host, { isVaultOpen: () => isVaultOpen() })
  })
  afterAll(() => api.close())

  /** What was entered while the work was done. */
  async function enteredBy(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = api.host.entered.length
    await work()
    return api.host.entered.slice(before)
  }

  describe('authentication', () => {
    test('answers 401 without an error to a request without a token, and does not enter the handler', async () => {
      const entered = await enteredBy(async () => {
        const response = await api.request('/me')
        expect(response.status).toBe(401)
        expect(challengeOf(response)).toEqual(challenge)
        expect(response.headers['cache-control']).toBe('no-store')
        expect(response.headers['content-type']).toMatch(/^application\/json/)
        expect(JSON.parse(response.body)).toEqual({ error: 'unauthorized', error_description: 'An access token is required.' })
      })
      expect(entered).toEqual([])
    })

    test('answers 401 invalid_token to an expired one', async () => {
      const response = await api.request('/me', { claims: { exp: 1 } })
      expect(response.status).toBe(401)
      expect(challengeOf(response)).toEqual(invalidToken)
    })

    test('lets a good token in, and exposes its principal', async () => {
      const response = await api.request('/me', { claims: {} })
      expect([response.status, JSON.parse(response.body)]).toEqual([200, { sub: 'john', exposed: true }])
    })

    test('leaves routes without a guard alone, whatever the token is', async () => {
      const response = await api.request('/health', { fields: [['authorization', 'Bearer']] })
      expect([response.status, JSON.parse(response.body)]).toEqual([200, { ok: true }])
    })

    test('lets an anonymous request in where authentication is optional, and a good token too', async () => {
      const anonymous = await api.request('/catalogue')
      const john = await api.request('/catalogue', { claims: {} })
      expect([JSON.parse(anonymous.body), JSON.parse(john.body)]).toEqual([{ visitor: 'anonymous' }, { visitor: 'john' }])
    })

    test('refuses a bad token where authentication is optional', async () => {
      const expired = await api.request('/catalogue', { claims: { exp: 1 } })
      const malformed = await api.request('/catalogue', { fields: [['authorization', 'Bearer a b']] })
      expect([expired.status, malformed.status]).toEqual([401, 400])
      expect(challengeOf(expired)).toEqual(invalidToken)
    })

    test('refuses an anonymous request with 401 where a guard or authentication follows', async () => {
      for (const path of ['/lounge/members', '/lounge/guarded']) {
        const anonymous = await api.request(path)
        expect([path, anonymous.status, challengeOf(anonymous)]).toEqual([path, 401, challenge])
        expect(JSON.parse((await api.request(path, { claims: {} })).body)).toEqual({ sub: 'john' })
      }
    })

    test('refuses a token that breaks the contract, and tells the operator alone', async () => {
      const response = await api.request('/me', { claims: { ...reader, account_nr: undefined } })
      expect([response.status, challengeOf(response), JSON.parse(response.body)]).toEqual([403, challenge, forbidden])
      expect(api.events.at(-1)).toMatchObject({ kind: 'contract_broken', breach: { scope: 'orders_read', claim: 'account_nr' } })
    })

    test('authenticates a request once, however many guards it meets', async () => {
      const before = api.events.length
      await api.request('/office/report', { claims: { roles: ['manager'] } })
      expect(api.events.slice(before).map(({ kind }) => kind)).toEqual(['authenticated', 'allowed'])
    })

    test('does not believe a principal that other code or the request has put there', async () => {
      const fields = [
        ['principal', 'mallory'],
        ['x-principal', '{"sub":"mallory"}'],
      ] as const
      expect((await api.request('/spoofed', { fields })).status).toBe(401)
      expect((await api.request('/spoofed', { claims: {} })).status).toBe(403)
      expect(JSON.parse((await api.request('/spoofed', { claims: reader, fields })).body)).toEqual({ sub: 'john' })
    })

    test('does not share a principal between two protect() of one application', async () => {
      const ofOrders = await api.request('/partners/stock', { claims: { scope: 'partner_read', partner: 'acme' } })
      expect([ofOrders.status, challengeOf(ofOrders)?.realm]).toEqual([401, 'partner-api'])

      const both = { aud: ['orders-api', 'partner-api'], scope: 'orders_read partner_read', partner: 'acme' }
      const ofBoth = await api.request('/partners/stock', { claims: both })
      expect([ofBoth.status, JSON.parse(ofBoth.body)]).toEqual([200, { partner: 'acme', roles: [] }])
    })
  })

  describe('authorisation', () => {
    const own = '/accounts/42/orders'

    test('narrows the claims for the handler, and leaves the path parameters typed', async () => {
      const response = await api.request(own, { claims: reader })
      expect([response.status, JSON.parse(response.body)]).toEqual([200, { account: '0042', asked: '42' }])
    })

    test("answers 403 to a request for someone else's account, with a challenge that has no error", async () => {
      const response = await api.request('/accounts/43/orders', { claims: reader })
      expect([response.status, challengeOf(response), JSON.parse(response.body)]).toEqual([403, challenge, forbidden])
    })

    test('compares the path parameter after decoding, and no other spelling of it', async () => {
      const spellings = ['/accounts/%34%32/orders', '/accounts/42%20/orders', '/accounts/042/orders', '/accounts/42%2F/orders']
      const statuses = await Promise.all(spellings.map(async (path) => (await api.request(path, { claims: reader })).status))
      expect(statuses).toEqual([200, 403, 403, 403])
    })

    test('answers 403 insufficient_scope with just the scopes that the operation needs', async () => {
      const entered = await enteredBy(async () => {
        const response = await api.request(own, { claims: reader, method: 'POST' })
        expect(response.status).toBe(403)
        expect(challengeOf(response)).toMatchObject({ ...challenge, error: 'insufficient_scope', scope: 'orders_write' })
      })
      expect(entered).toEqual([])
      expect((await api.request(own, { claims: { scope: 'orders_write' }, method: 'POST' })).status).toBe(201)
    })

    test('compares a prefix scope with the path parameter', async () => {
      const claims = { scope: 'payment:123' }
      expect((await api.request('/payments/123', { claims })).status).toBe(200)
      const other = await api.request('/payments/124', { claims })
      expect([other.status, challengeOf(other)?.scope]).toEqual([403, 'payment:124'])
    })

    test('asks for a role, or for what a role may do', async () => {
      const statuses = async (roles: readonly string[]) => [
        (await api.request('/desk', { claims: { roles } })).status,
        (await api.request('/refunds', { claims: { roles } })).status,
      ]
      expect(await statuses(['clerk'])).toEqual([200, 403])
      expect(await statuses(['manager'])).toEqual([403, 200])
    })

    test('asks for a stronger login with 401, so that the client lets its user log in again', async () => {
      const weak = await api.request('/transfers', { claims: { acr: 'pwd' } })
      expect(weak.status).toBe(401)
      expect(challengeOf(weak)).toMatchObject({ ...challenge, error: 'insufficient_user_authentication', acr_values: 'mfa' })
      expect((await api.request('/transfers', { claims: { acr: 'mfa' } })).status).toBe(200)
    })

    test('waits for a check, and answers 503 when the check cannot tell', async () => {
      isVaultOpen = async () => false
      expect((await api.request('/vault', { claims: {} })).status).toBe(403)
      isVaultOpen = async () => true
      expect((await api.request('/vault', { claims: {} })).status).toBe(200)
      for (const failing of [() => Promise.reject(new Error('PDP at http://10.0.0.1')), () => raise('PDP at http://10.0.0.1')]) {
        isVaultOpen = failing
        const response = await api.request('/vault', { claims: {} })
        expect([response.status, response.headers['retry-after'], challengeOf(response)]).toEqual([503, '5', undefined])
        expect(response.text).not.toContain('10.0.0.1')
      }
    })

    test('refuses an anonymous request with 401 before any check is asked', async () => {
      let asked = 0
      isVaultOpen = () => ++asked > 0
      const response = await api.request('/vault')
      expect([response.status, challengeOf(response), asked]).toEqual([401, challenge, 0])
    })

    test('guards a whole router and, within it, a route', async () => {
      const manager = { roles: ['manager'] }
      expect((await api.request('/office/report')).status).toBe(401)
      expect((await api.request('/office/report', { claims: {} })).status).toBe(403)
      expect((await api.request('/office/report', { claims: manager })).status).toBe(200)
      expect(JSON.parse((await api.request('/office/whoami', { claims: manager })).body)).toEqual({ sub: 'john' })
    })

    test('tells the operator the whole path, without the query, from within a mounted router too', async () => {
      await api.request('/office/report?secret=1', { claims: { roles: ['manager'] } })
      expect(api.events.slice(-2).map((event) => [event.method, event.path])).toEqual([
        ['GET', '/office/report'],
        ['GET', '/office/report'],
      ])
    })
  })

  test('serves the metadata of the API to anybody', async () => {
    const response = await api.request('/.well-known/oauth-protected-resource')
    expect([response.status, response.headers['content-type']]).toEqual([200, expect.stringMatching(/^application\/json/)])
    expect(JSON.parse(response.body)).toEqual({
      resource,
      authorization_servers: [api.issuer.issuer],
      scopes_supported: ['orders_read', 'orders_write'],
      bearer_methods_supported: ['header'],
    })
  })
})

function raise(message: string): never {
  throw new Error(message)
}
