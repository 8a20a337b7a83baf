import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

async function refresh(
  issuer: MockIssuer,
  token: string,
  more: Record<string, string> = { client_id: 'app' },
  headers: Record<string, string> = {},
) {
  const response = await post(issuer, '/token', { grant_type: 'refresh_token', refresh_token: token, ...more }, headers)
  return { status: response.status, body: await response.json() }
}

async function start(options: MockIssuerOptions) {
  const issuer = await createMockIssuer(options)
  const tokens = await (await post(issuer, '/token', codeForm((await logIn(issuer)).get('code')))).json()
  return { issuer, tokens }
}

async function startConfidential(options: MockIssuerOptions) {
  const issuer = await createMockIssuer(options)
  const code = (await logIn(issuer, { client_id: 'service' })).get('code')
  return { issuer, tokens: await (await post(issuer, '/token', codeForm(code, { client_id: '' }), service)).json() }
}

test('without rotation, leaves a confidential client the refresh token that it has', async () => {
  const { issuer, tokens } = await startConfidential({ refreshTokenRotation: 'never' })
  for (let use = 0; use < 3; use += 1) {
    const { status, body } = await refresh(issuer, tokens.refresh_token, {}, service)
    expect(status).toBe(200)
    expect(Object.keys(body)).not.toContain('refresh_token')
  }
})

test('rotates the tokens of a public client all the same', async () => {
  const { issuer, tokens } = await start({ refreshTokenRotation: 'never' })
  const { body } = await refresh(issuer, tokens.refresh_token)

  expect(body.refresh_token).toMatch(/^[\w-]{43}$/)
  expect((await refresh(issuer, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' })
})

test('with refresh-token-reusable, takes a refresh token again and revokes nothing', async () => {
  const { issuer, tokens } = await start({ lax: ['refresh-token-reusable'] })
  const first = await refresh(issuer, tokens.refresh_token)
  const second = await refresh(issuer, tokens.refresh_token)

  expect([first.status, second.status]).toEqual([200, 200])
  expect((await refresh(issuer, first.body.refresh_token)).status).toBe(200)
  expect((await refresh(issuer, 'unknown')).body).toMatchObject({ error: 'invalid_grant' })
})

test('with refresh-token-unchecked, takes any text for a refresh token of the first user', async () => {
  const { issuer, tokens } = await start({ lax: ['refresh-token-unchecked'] })
  const { status, body } = await refresh(issuer, 'anything', { client_id: 'app', scope: 'openid orders_read' })
  expect(status).toBe(200)
  expect(decodeJwt(body.access_token)).toMatchObject({ sub: 'john', client_id: 'app', scope: 'openid orders_read' })

  const stolen = await refresh(issuer, tokens.refresh_token, {}, service)
  expect(decodeJwt(stolen.body.access_token)['client_id']).toBe('service')
  expect((await refresh(issuer, tokens.refresh_token)).body.scope).toBe('openid orders_read')
})

test('by default, refuses both', async () => {
  const { issuer, tokens } = await start({})

  expect((await refresh(issuer, 'anything')).body).toMatchObject({ error: 'invalid_grant' })
  await refresh(issuer, tokens.refresh_token)
  expect((await refresh(issuer, tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' })
})
