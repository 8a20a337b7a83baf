import { expect, test } from 'vitest'
import { post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const users = [
  {
    sub: 'john',
    name: 'John',
    claims: { account_nr: '42' },
    profile: { email: 'john@example.com', email_verified: true, phone_number: '+1 555 0100', address: { country: 'US' }, account_nr: '42' },
  },
]

async function userinfo(issuer: MockIssuer, token: string, method = 'GET') {
  return issuer.fetch(`${issuer.issuer}/userinfo`, { method, headers: { authorization: `Bearer ${token}` } })
}

test.each([
  ['openid', {}],
  ['openid profile', { name: 'John' }],
  ['openid email', { email: 'john@example.com', email_verified: true }],
  ['openid address phone', { address: { country: 'US' }, phone_number: '+1 555 0100' }],
])('releases what %j allows', async (scope, profile) => {
  const issuer = await createMockIssuer({ users })
  const response = await userinfo(issuer, await issuer.accessToken({ scope }))

  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ sub: 'john', ...profile })
})

test('takes GET, POST and opaque tokens', async () => {
  const issuer = await createMockIssuer({ users })
  for (const token of [await issuer.accessToken({ scope: 'openid' }), await issuer.opaqueToken({ scope: 'openid' })]) {
    for (const method of ['GET', 'POST']) expect(await (await userinfo(issuer, token, method)).json()).toEqual({ sub: 'john' })
  }
})

test('knows nothing but the subject of someone who is not configured', async () => {
  const issuer = await createMockIssuer({ users })
  const token = await issuer.accessToken({ sub: 'someone', scope: 'openid profile email' })

  expect(await (await userinfo(issuer, token)).json()).toEqual({ sub: 'someone' })
})

test('answers a request without credentials by a challenge without an error', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken({ scope: 'openid' })
  const response = await issuer.fetch(`${issuer.issuer}/userinfo?access_token=${token}`)

  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer realm="mock-issuer", DPoP realm="mock-issuer", algs="ES256 ES384 ES512 EdDSA Ed25519 PS256 PS384 PS512 RS256 RS384 RS512"',
  )
})

test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Basic abc', 'Bearer é', 'abc'])(
  'answers 400 to the malformed header %j',
  async (authorization) => {
    const issuer = await createMockIssuer()
    const response = await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization } })

    expect(response.status).toBe(400)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="mock-issuer", error="invalid_request"/)
  },
)

test('answers invalid_token to a token that does not stand', async () => {
  const issuer = await createMockIssuer()
  const revoked = await issuer.accessToken({ scope: 'openid' })
  await post(issuer, '/revoke', { token: revoked, client_id: 'app' })
  const withdrawn = await issuer.accessToken({ scope: 'openid' })
  await issuer.rotateKeys({ keepOld: false })
  const tokens = [
    revoked,
    withdrawn,
    'unknown',
    await issuer.idToken({ scope: 'openid' }),
    await issuer.accessToken({ scope: 'openid' }, { expiresInSeconds: -1 }),
    await issuer.accessToken({ scope: 'openid', sub: undefined }),
    await issuer.sign({ header: { typ: 'at+jwt' }, payload: { sub: 'john', scope: 'openid', exp: 1e10 } }),
    await (await createMockIssuer()).accessToken({ scope: 'openid' }),
  ]
  for (const token of tokens) {
    const response = await userinfo(issuer, token)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="mock-issuer", error="invalid_token", error_description="[^"]+"$/,
    )
  }
})

test.each([undefined, 'orders_read', 'openid_more', ['openid']])(
  'answers insufficient_scope to a token with the scope %j',
  async (scope) => {
    const issuer = await createMockIssuer()
    const response = await userinfo(issuer, await issuer.accessToken({ scope }))

    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*, scope="openid"$/)
  },
)

test('refuses a token that is presented in two ways, whatever it is worth', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken({ scope: 'openid' })
  const headers = { authorization: `Bearer ${token}` }
  const url = `${issuer.issuer}/userinfo`
  const answers = [
    await issuer.fetch(`${url}?access_token=${token}`, { headers }),
    await issuer.fetch(`${url}?access_token=${token}`, { method: 'POST', headers }),
    await issuer.fetch(url, { method: 'POST', headers, body: new URLSearchParams({ access_token: token }) }),
    await issuer.fetch(`${url}?access_token=other`, { headers: { authorization: 'Bearer other' } }),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(400)
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_request"')
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
  }
})

test('takes a token of the header beside a form or a query without one', async () => {
  const issuer = await createMockIssuer()
  const headers = { authorization: `Bearer ${await issuer.accessToken({ scope: 'openid' })}` }
  const body = new URLSearchParams({ x: '1' })

  expect((await issuer.fetch(`${issuer.issuer}/userinfo?x=1`, { method: 'POST', headers, body })).status).toBe(200)
})

test('refuses a form that is too long to be looked into', async () => {
  const issuer = await createMockIssuer()
  const headers = { authorization: `Bearer ${await issuer.accessToken({ scope: 'openid' })}` }
  const body = new URLSearchParams({ x: 'x'.repeat(70_000) })

  expect((await issuer.fetch(`${issuer.issuer}/userinfo`, { method: 'POST', headers, body })).status).toBe(400)
})
