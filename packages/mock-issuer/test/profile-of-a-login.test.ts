import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import { codeForm, logIn, post } from './code-flow.js'

const users = [
  { sub: 'john', name: 'John', profile: { email: 'john@example.com', phone_number: '+1 555 0100', address: { country: 'US' } } },
]

test('a login tells who the user is in the ID token, and the profile at userinfo alone, after a refresh too', async () => {
  const issuer = await createMockIssuer({ users })
  const scope = 'openid profile email phone address'
  const { code } = Object.fromEntries(await logIn(issuer, { scope, nonce: 'nonce-1' }))
  const tokens = (await (await post(issuer, '/token', codeForm(code ?? ''))).json()) as Record<string, string>
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: tokens['refresh_token'] ?? '' }
  const renewed = (await (await post(issuer, '/token', refresh)).json()) as Record<string, string>

  const aboutTheLogin = ['acr', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub']
  expect(Object.keys(decodeJwt(tokens['id_token'] ?? '')).toSorted()).toEqual(aboutTheLogin)
  expect(
    Object.keys(decodeJwt(renewed['id_token'] ?? '')).filter((claim) => ['name', 'email', 'phone_number', 'address'].includes(claim)),
  ).toEqual([])

  const headers = { authorization: `Bearer ${renewed['access_token']}` }
  const userinfo = await issuer.fetch(`${issuer.issuer}/userinfo`, { headers })
  expect(await userinfo.json()).toEqual({ sub: 'john', name: 'John', ...users[0]?.profile })
})
