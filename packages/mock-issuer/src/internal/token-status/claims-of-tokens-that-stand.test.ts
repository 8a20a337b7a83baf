import { describe, expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const nowSeconds = Date.UTC(2026, 0, 1) / 1000
const start = () => createMockIssuer({ now: () => nowSeconds * 1000, audience: ['api', 'billing-api'] })

async function userinfo(issuer: MockIssuer, token: string): Promise<number> {
  return (await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status
}

async function isActive(issuer: MockIssuer, token: string): Promise<unknown> {
  return (await (await post(issuer, '/introspect', { token }, service)).json()).active
}

async function exchange(issuer: MockIssuer, token: string): Promise<number> {
  const type = 'urn:ietf:params:oauth:token-type:access_token'
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: token, subject_token_type: type }
  return (await post(issuer, '/token', form, service)).status
}

describe('a token of a test that is not good', () => {
  test.each([
    ['that names another issuer', { iss: 'https://other.example.com' }],
    ['that names the issuer with a slash', { iss: 'http://localhost/mock-issuer/' }],
    ['that names no issuer', { iss: undefined }],
    ['that names several issuers', { iss: ['http://localhost/mock-issuer'] }],
    ['that ends in milliseconds', { exp: (nowSeconds + 60) * 1000 }],
    ['that ends in eleven years', { exp: nowSeconds + 11 * 366 * 86_400 }],
    ['that ends at a text', { exp: String(nowSeconds + 60) }],
    ['that was issued in milliseconds', { iat: nowSeconds * 1000 }],
    ['that was issued at a text', { iat: String(nowSeconds) }],
    ['that starts at a text', { nbf: String(nowSeconds) }],
  ])('%s does not stand anywhere', async (_, claims) => {
    const issuer = await start()
    for (const token of [
      await issuer.accessToken({ scope: 'openid', ...claims }),
      await issuer.opaqueToken({ scope: 'openid', ...claims }),
    ]) {
      expect(await userinfo(issuer, token)).toBe(401)
      expect(await isActive(issuer, token)).toBe(false)
      expect(await exchange(issuer, token)).toBe(400)
    }
  })

  test.each([
    ['is for another API', 'https://other.example.com'],
    ['is for a name that begins alike', 'api-2'],
    ['is for several in one text', 'api billing-api'],
    ['is for others', ['https://other.example.com', 'API']],
    ['is for nobody', undefined],
    ['has an empty list', []],
    ['has a list in a list', [['api']]],
  ])('opens no userinfo if it %s', async (_, aud) => {
    const issuer = await start()

    expect(await userinfo(issuer, await issuer.accessToken({ scope: 'openid', aud }))).toBe(401)
  })
})

describe('a token without a claim that RFC 9068 requires', () => {
  const required = ['sub', 'aud', 'client_id', 'iat', 'jti']

  test.each(required)('%s stands nowhere if it is an at+jwt', async (claim) => {
    const issuer = await start()
    const token = await issuer.accessToken({ scope: 'openid', [claim]: undefined })

    expect([await userinfo(issuer, token), await isActive(issuer, token), await exchange(issuer, token)]).toEqual([401, false, 400])
    expect(await isActive(issuer, (await issuer.phantomToken({ [claim]: undefined })).token)).toBe(false)
  })

  test.each(required)('%s is active if it is opaque, or a JWT of no such kind: to RFC 7662 they are optional', async (claim) => {
    const issuer = await start()

    expect(await isActive(issuer, await issuer.opaqueToken({ [claim]: undefined }))).toBe(true)
    expect(await isActive(issuer, await issuer.accessToken({ [claim]: undefined }, { header: { typ: 'JWT' } }))).toBe(true)
  })
})

describe('a good token', () => {
  test.each([['api'], ['billing-api'], [['https://other.example.com', 'billing-api']], ['http://localhost/mock-issuer']])(
    'for %j opens userinfo',
    async (aud) => {
      const issuer = await start()

      expect(await userinfo(issuer, await issuer.accessToken({ scope: 'openid', aud }))).toBe(200)
    },
  )

  test('stands that ends in nine years', async () => {
    const issuer = await start()

    expect(await isActive(issuer, await issuer.accessToken({ exp: nowSeconds + 9 * 366 * 86_400 }))).toBe(true)
  })

  test('that was issued for a resource alone opens no userinfo, and one for the issuer does', async () => {
    const orders = 'https://orders.example.com/'
    const issuer = await createMockIssuer({ resources: [orders, 'http://localhost/mock-issuer'] })
    const get = async (resource: string) => {
      const code = (await logIn(issuer, { scope: 'openid', resource })).get('code')
      return (await (await post(issuer, '/token', codeForm(code))).json()).access_token
    }
    const token = await get(orders)

    expect(await isActive(issuer, token)).toBe(true)
    expect(await userinfo(issuer, token)).toBe(401)
    expect(await userinfo(issuer, await get(issuer.issuer))).toBe(200)
  })
})
