import { expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

async function withTokens() {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer)).get('code')
  return { issuer, tokens: await (await post(issuer, '/token', codeForm(code))).json() }
}

async function isActive(issuer: MockIssuer, token: string): Promise<unknown> {
  return (await (await post(issuer, '/introspect', { token }, service)).json()).active
}

test('revokes the whole family of a refresh token', async () => {
  const { issuer, tokens } = await withTokens()
  const response = await post(issuer, '/revoke', { token: tokens.refresh_token, client_id: 'app', token_type_hint: 'access_token' })

  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  expect(await isActive(issuer, tokens.access_token)).toBe(false)
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: tokens.refresh_token }
  expect(await (await post(issuer, '/token', refresh)).json()).toMatchObject({ error: 'invalid_grant' })
})

test('revokes an access token alone', async () => {
  const { issuer, tokens } = await withTokens()
  await post(issuer, '/revoke', { token: tokens.access_token, client_id: 'app' })

  expect(await isActive(issuer, tokens.access_token)).toBe(false)
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: tokens.refresh_token }
  expect((await post(issuer, '/token', refresh)).status).toBe(200)
})

test('revokes a token that a test minted, opaque or not', async () => {
  const issuer = await createMockIssuer()
  for (const token of [await issuer.accessToken(), await issuer.opaqueToken()]) {
    await post(issuer, '/revoke', { token, client_id: 'app' })
    expect(await isActive(issuer, token)).toBe(false)
  }
})

test('answers 200 to a token that it does not know, and to one that is revoked already', async () => {
  const { issuer, tokens } = await withTokens()
  for (const token of ['unknown', tokens.access_token, tokens.access_token]) {
    expect((await post(issuer, '/revoke', { token, client_id: 'app' })).status).toBe(200)
  }
})

test('does not revoke the token of another client', async () => {
  const { issuer, tokens } = await withTokens()
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    const response = await post(issuer, '/revoke', { token }, service)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
  }
  expect(await isActive(issuer, tokens.access_token)).toBe(true)
})

test('revokes nothing for a client that does not authenticate', async () => {
  const { issuer, tokens } = await withTokens()
  for (const form of [{ token: tokens.access_token }, { token: tokens.access_token, client_id: 'service' }]) {
    expect((await post(issuer, '/revoke', form)).status).toBe(401)
  }
  expect(await isActive(issuer, tokens.access_token)).toBe(true)
})
