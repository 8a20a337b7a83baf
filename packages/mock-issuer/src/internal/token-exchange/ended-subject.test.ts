import { expect, test } from 'vitest'
import { basic, codeForm, logIn, post, redirectUri, service } from '../../../test/code-flow.js'
import type { IssuerClient } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const types = 'urn:ietf:params:oauth:token-type:'
const app = basic('app', 's')
const clients: readonly IssuerClient[] = [
  { clientId: 'app', clientSecret: 's', redirectUris: [redirectUri], grantTypes: ['authorization_code', 'refresh_token', grantType] },
]

async function exchange(issuer: MockIssuer, token: string, type: string, headers = app) {
  const form = { grant_type: grantType, subject_token: token, subject_token_type: types + type }
  const response = await post(issuer, '/token', form, headers)
  const { access_token: accessToken = '', error } = await response.json()
  return { status: response.status, accessToken, error }
}

async function redeem(scope: string) {
  const issuer = await createMockIssuer({ clients })
  const code = (await logIn(issuer, { scope })).get('code')
  const send = () => post(issuer, '/token', codeForm(code, { client_id: '' }), app)
  const { id_token: idToken, access_token: accessToken } = await (await send()).json()
  return { issuer, idToken, accessToken, send }
}

async function isActive(issuer: MockIssuer, token: string, headers = app): Promise<unknown> {
  return (await (await post(issuer, '/introspect', { token }, headers)).json()).active
}

const invalid = { status: 400, error: 'invalid_request' }

test('gives nothing for an ID token after the logout, and ends what was given for it', async () => {
  const { issuer, idToken } = await redeem('openid')
  const before = await exchange(issuer, idToken, 'id_token')
  expect(await isActive(issuer, before.accessToken)).toBe(true)
  await issuer.logOut('john')

  expect(await exchange(issuer, idToken, 'id_token')).toMatchObject(invalid)
  expect(await exchange(issuer, idToken, 'jwt')).toMatchObject(invalid)
  expect(await isActive(issuer, before.accessToken)).toBe(false)
})

test('gives nothing for an ID token whose code came again', async () => {
  const { issuer, idToken, send } = await redeem('openid')
  expect((await exchange(issuer, idToken, 'id_token')).status).toBe(200)
  await send()

  expect(await exchange(issuer, idToken, 'id_token')).toMatchObject(invalid)
})

test('goes on with an ID token after the logout where offline access was granted', async () => {
  const { issuer, idToken } = await redeem('openid offline_access')
  await issuer.logOut('john')

  expect((await exchange(issuer, idToken, 'id_token')).status).toBe(200)
})

test('knows an ended ID token by what is signed, not by one of the signatures that it can have', async () => {
  const { issuer, idToken } = await redeem('openid')
  await issuer.logOut('john')
  const [header, payload, signature = ''] = idToken.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  // In ECDSA, (r, n - s) is valid where (r, s) is.
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const other = (order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0')
  const twin = Buffer.concat([bytes.subarray(0, 32), Buffer.from(other, 'hex')]).toString('base64url')

  expect(await exchange(issuer, `${header}.${payload}.${twin}`, 'id_token')).toMatchObject(invalid)
})

test('takes the ID tokens that a test minted, whatever was logged out', async () => {
  const { issuer } = await redeem('openid')
  const minted = await issuer.idToken({ aud: 'app', sub: 'john' })
  await issuer.logOut('john')

  expect((await exchange(issuer, minted, 'id_token')).status).toBe(200)
})

test('ends what was exchanged for an access token when that is revoked by itself, however often it was exchanged', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer)).get('code')
  const { access_token: subject } = await (await post(issuer, '/token', codeForm(code))).json()
  const first = await exchange(issuer, subject, 'access_token', service)
  const second = await exchange(issuer, first.accessToken, 'access_token', service)
  expect(await isActive(issuer, second.accessToken, service)).toBe(true)
  await post(issuer, '/revoke', { token: subject, client_id: 'app' })

  expect(await isActive(issuer, first.accessToken, service)).toBe(false)
  expect(await isActive(issuer, second.accessToken, service)).toBe(false)
})
