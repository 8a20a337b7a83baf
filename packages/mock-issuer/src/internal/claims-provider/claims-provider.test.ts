import { decodeJwt } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { reservedClaims } from '../../claims-provider.js'
import type { ClaimsProvider, ClaimsRequest } from '../../claims-provider.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import { askClaimsProvider } from './claims-provider.js'

afterEach(() => void vi.useRealTimers())

const users = [{ sub: 'john', claims: { account_nr: '42', region: 'eu' } }]

async function issueForUser(issuer: MockIssuer) {
  const code = (await logIn(issuer, { scope: 'openid orders_read' })).get('code')
  return (await post(issuer, '/token', codeForm(code))).json()
}

function issueForClient(issuer: MockIssuer): Promise<Response> {
  return post(issuer, '/token', { grant_type: 'client_credentials', scope: 'orders_read' }, service)
}

function ask(claimsProvider: unknown, claimsTimeoutMs = 100) {
  return askClaimsProvider({ claimsProvider: claimsProvider as ClaimsProvider, claimsTimeoutMs }, { sub: 'john', client_id: 'app' })
}

test('puts its claims into every token that a client is issued, over the configured ones', async () => {
  const claims = vi.fn(async ({ sub }: ClaimsRequest) => ({ account_nr: `of ${sub}`, region: undefined, roles: ['clerk'] }))
  const issuer = await createMockIssuer({ users, claims })
  const first = await issueForUser(issuer)
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: first.refresh_token }
  const second = await (await post(issuer, '/token', refresh)).json()
  const own = await (await issueForClient(issuer)).json()

  for (const [token, account] of [
    [first.access_token, 'of john'],
    [second.access_token, 'of john'],
    [own.access_token, 'of service'],
  ]) {
    const issued = decodeJwt(token)
    expect(issued).toMatchObject({ account_nr: account, roles: ['clerk'] })
    expect(Object.keys(issued)).not.toContain('region')
  }
  expect(Object.keys(decodeJwt(first.id_token))).not.toContain('roles')
})

test('is told whom and what the token is for', async () => {
  const claims = vi.fn<ClaimsProvider>()
  const issuer = await createMockIssuer({ claims, audience: ['orders-api', 'billing-api'] })
  await issueForClient(issuer)

  expect(claims.mock.lastCall).toEqual([
    {
      sub: 'service',
      clientId: 'service',
      scopes: ['orders_read'],
      audience: ['orders-api', 'billing-api'],
      grantType: 'client_credentials',
    },
  ])
})

test('can give what the contract requires, at the login and at the token endpoint', async () => {
  const contract = { audience: 'api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const given = await createMockIssuer({ contract, claims: () => ({ account_nr: '42' }) })
  const missing = await createMockIssuer({ contract, users, claims: () => ({ account_nr: undefined }) })

  expect(decodeJwt((await issueForUser(given)).access_token)).toMatchObject({ account_nr: '42' })
  expect(await (await issueForClient(missing)).json()).toMatchObject({ error: 'invalid_scope' })
  expect((await logIn(missing)).get('code')).toBe(null)
})

test('is asked at a login only where a contract may demand what it gives', async () => {
  const claims = vi.fn<ClaimsProvider>()
  await logIn(await createMockIssuer({ claims }))
  expect(claims).not.toHaveBeenCalled()
  await logIn(await createMockIssuer({ claims, contract: { audience: 'api', scopes: { orders_read: {} } } }))

  expect(claims.mock.calls).toEqual([[{ sub: 'john', clientId: 'app', scopes: ['openid', 'orders_read'], audience: ['api'] }]])
})

test('is not asked for what a test mints', async () => {
  const claims = vi.fn<ClaimsProvider>()
  const issuer = await createMockIssuer({ claims })
  await issuer.accessToken()
  await issuer.splitToken()
  await issuer.idToken()

  expect(claims).not.toHaveBeenCalled()
})

test('replaces nothing that the issuer vouches for', async () => {
  const forged = Object.fromEntries(reservedClaims.map((claim) => [claim, 'forged']))
  const issuer = await createMockIssuer({ users, claims: () => ({ ...forged, roles: ['clerk'] }) })
  const { access_token: token } = await issueForUser(issuer)

  const issued = decodeJwt(token)
  expect(issued).toMatchObject({ iss: issuer.issuer, sub: 'john', client_id: 'app', scope: 'openid orders_read', roles: ['clerk'] })
  expect(Object.values(issued)).not.toContain('forged')
})

test('ends in server_error and in onError when it throws', async () => {
  const onError = vi.fn()
  const cause = new Error('the database is down')
  const issuer = await createMockIssuer({ onError, claims: () => Promise.reject(cause) })
  const response = await issueForClient(issuer)

  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ error: 'server_error' })
  expect(onError.mock.calls).toEqual([
    [
      expect.objectContaining({
        code: 'claims_provider_failed',
        message: 'The claims provider gave no claims for "service": the database is down.',
        cause,
      }),
    ],
  ])
})

test('is waited for no longer than its time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = ask(() => new Promise(() => {})).catch((error: unknown) => error)
  vi.advanceTimersByTime(100)

  expect(await asked).toMatchObject({ code: 'claims_provider_failed', message: expect.stringContaining('it did not answer within 100 ms') })
  expect(vi.getTimerCount()).toBe(0)
})

const circular: Record<string, unknown> = {}
circular['self'] = circular

test.each([
  ['a list', () => []],
  ['null', () => null],
  ['a text', () => 'admin'],
  ['what becomes a text', () => ({ toJSON: () => 'admin' })],
  ['a number that JSON does not have', () => ({ big: 1n })],
  ['a circle', () => circular],
  ['more than 64 kB', () => ({ text: 'a'.repeat(65_536) })],
  [
    'an error',
    () => {
      throw new Error('no')
    },
  ],
])('fails for a provider that gives %s', async (_what, provider) => {
  await expect(ask(provider)).rejects.toMatchObject({ code: 'claims_provider_failed' })
})

test('takes a copy, as it is written in JSON', async () => {
  const roles = ['clerk']
  const claims = await ask(() => ({ roles, since: new Date(0), ['__proto__']: 1, gone: undefined }))
  roles.push('admin')

  expect(claims).toEqual({ roles: ['clerk'], since: '1970-01-01T00:00:00.000Z', gone: undefined, ...JSON.parse('{"__proto__":1}') })
})

test('gives no claims without a provider, or with one that returns nothing', async () => {
  expect(await ask(undefined)).toEqual({})
  expect(await ask(() => undefined)).toEqual({})
})
