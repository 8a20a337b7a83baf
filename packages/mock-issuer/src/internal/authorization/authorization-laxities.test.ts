import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { authorizationUrl, codeForm, logIn, pkce, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { Laxity } from '../../laxity.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const withoutPkce = { code_challenge: undefined, code_challenge_method: undefined }
const plain = { code_challenge: pkce.verifier, code_challenge_method: 'plain' }
const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }

async function lax(name: Laxity, options: MockIssuerOptions = {}) {
  return createMockIssuer({ now: () => 1_800_000_000_000, ...options, lax: [name] })
}

async function redeem(issuer: Awaited<ReturnType<typeof lax>>, code: string | null, changes: Record<string, string> = {}) {
  const response = await post(issuer, '/token', codeForm(code, changes))
  return { status: response.status, body: await response.json() }
}

describe('pkce-optional', () => {
  test('lets a request without a challenge pass, and its code be redeemed without a verifier', async () => {
    const issuer = await lax('pkce-optional')
    const code = (await logIn(issuer, withoutPkce)).get('code')

    expect((await redeem(issuer, code, { code_verifier: '' })).status).toBe(200)
  })

  test('takes no verifier where there was no challenge, nor a challenge without its verifier', async () => {
    const issuer = await lax('pkce-optional')
    const [without, challenged] = [(await logIn(issuer, withoutPkce)).get('code'), (await logIn(issuer)).get('code')]

    expect((await redeem(issuer, without)).body.error).toBe('invalid_grant')
    expect((await redeem(issuer, challenged, { code_verifier: '' })).body.error).toBe('invalid_request')
    expect((await redeem(issuer, challenged)).status).toBe(200)
  })

  test('does not let a method without a challenge pass', async () => {
    const issuer = await lax('pkce-optional')
    const response = await issuer.fetch(authorizationUrl(issuer, { code_challenge: undefined }))

    expect(response.headers.get('location')).toContain('error=invalid_request')
  })
})

describe('pkce-plain', () => {
  test.each([plain, { ...plain, code_challenge_method: undefined }])('takes the verifier as the challenge: %j', async (changes) => {
    const issuer = await lax('pkce-plain')
    const code = (await logIn(issuer, changes)).get('code')

    expect((await redeem(issuer, code, { code_verifier: pkce.challenge })).body.error).toBe('invalid_grant')
    expect((await redeem(issuer, code)).status).toBe(200)
  })

  test('is announced in the metadata', async () => {
    const issuer = await lax('pkce-plain')
    const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()

    expect(metadata.code_challenge_methods_supported).toEqual(['S256', 'plain'])
  })
})

describe('code-verifier-unchecked', () => {
  test.each(['', 'x', pkce.challenge])('redeems a code whatever the verifier is: %j', async (verifier) => {
    const issuer = await lax('code-verifier-unchecked')
    const code = (await logIn(issuer)).get('code')

    expect((await redeem(issuer, code, { code_verifier: verifier })).status).toBe(200)
  })
})

describe('code-reusable', () => {
  test('redeems a code again and again while its time lasts, and revokes nothing', async () => {
    const issuer = await lax('code-reusable')
    const code = (await logIn(issuer)).get('code')
    const first = await redeem(issuer, code)
    issuer.clock.advanceSeconds(59)
    const second = await redeem(issuer, code)

    expect([first.status, second.status]).toEqual([200, 200])
    const about = await post(issuer, '/introspect', { token: first.body.access_token }, service)
    expect((await about.json()).active).toBe(true)
    issuer.clock.advanceSeconds(1)
    expect((await redeem(issuer, code)).body.error).toBe('invalid_grant')
  })
})

describe('redirect-uri-unchecked', () => {
  test('sends the code to any redirect_uri', async () => {
    const issuer = await lax('redirect-uri-unchecked')
    const evil = 'https://evil.example/cb'
    const code = (await logIn(issuer, { redirect_uri: evil })).get('code')

    expect((await redeem(issuer, code, { redirect_uri: evil })).status).toBe(200)
  })

  test.each(['/callback', 'javascript:alert(1)', 'data:text/html,x', 'https://evil.example/#x', 'https://evil.example/\n'])(
    'sends nothing to what no redirect can go to: %j',
    async (redirectUri) => {
      const issuer = await lax('redirect-uri-unchecked')
      const response = await issuer.fetch(authorizationUrl(issuer, { redirect_uri: redirectUri }))

      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBe(null)
    },
  )
})

describe('scope-unchecked', () => {
  test('grants any scope, whatever client and contract say', async () => {
    const clients = [{ clientId: 'app', redirectUris: ['http://127.0.0.1:3000/callback'], scopes: ['orders_read'] }]
    const issuer = await lax('scope-unchecked', { contract, clients })
    const code = (await logIn(issuer, { scope: 'orders_read root' })).get('code')
    const { body } = await redeem(issuer, code)

    expect(body.scope).toBe('orders_read root')
    expect(decodeJwt(body.access_token)['scope']).toBe('orders_read root')
  })

  test('grants no scope that is malformed', async () => {
    const issuer = await lax('scope-unchecked')
    const response = await issuer.fetch(authorizationUrl(issuer, { scope: 'a  b' }))

    expect(response.headers.get('location')).toContain('error=invalid_scope')
  })
})
