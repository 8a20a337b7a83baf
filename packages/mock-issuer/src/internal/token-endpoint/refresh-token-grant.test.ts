import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import type { ClaimsProvider } from '../../claims-provider.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

async function withTokens(scope = 'openid orders_read orders_write') {
  const issuer = await createMockIssuer({ refreshTokenTtlSeconds: 3600, now: () => Date.UTC(2026, 0, 1) })
  const code = (await logIn(issuer, { scope, nonce: 'n-1' })).get('code')
  return { issuer, tokens: await (await post(issuer, '/token', codeForm(code))).json() }
}

async function refresh(issuer: MockIssuer, token: string, more: Record<string, string> = {}) {
  const response = await post(issuer, '/token', { grant_type: 'refresh_token', client_id: 'app', refresh_token: token, ...more })
  return { status: response.status, body: await response.json() }
}

async function introspect(issuer: MockIssuer, token: string) {
  return (await post(issuer, '/introspect', { token }, service)).json()
}

test('rotates the refresh token and issues new tokens with the scope and login of the first', async () => {
  const { issuer, tokens } = await withTokens()
  issuer.clock.advanceSeconds(100)
  const { status, body } = await refresh(issuer, tokens.refresh_token)

  expect(status).toBe(200)
  expect(body.refresh_token).not.toBe(tokens.refresh_token)
  expect(body.scope).toBe('openid orders_read orders_write')
  const idToken = decodeJwt(body.id_token)
  expect(idToken['auth_time']).toBe(Date.UTC(2026, 0, 1) / 1000)
  expect(Object.keys(idToken)).not.toContain('nonce')
})

test('revokes the whole family when a rotated token comes again', async () => {
  const { issuer, tokens } = await withTokens()
  const { body: newer } = await refresh(issuer, tokens.refresh_token)
  const stolen = await refresh(issuer, tokens.refresh_token)

  expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await refresh(issuer, newer.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await introspect(issuer, newer.access_token)).toEqual({ active: false })
  expect(await introspect(issuer, tokens.access_token)).toEqual({ active: false })
})

test('leaves other logins of the same user alone when it revokes a family', async () => {
  const { issuer, tokens } = await withTokens()
  const code = (await logIn(issuer)).get('code')
  const other = await (await post(issuer, '/token', codeForm(code))).json()
  await refresh(issuer, tokens.refresh_token)
  await refresh(issuer, tokens.refresh_token)

  expect((await refresh(issuer, other.refresh_token)).status).toBe(200)
})

test('lets one of many requests with the same token win, and ends the family', async () => {
  const { issuer, tokens } = await withTokens()
  const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(issuer, tokens.refresh_token)))

  const won = answers.filter(({ status }) => status === 200)
  expect(won.length).toBe(1)
  expect((await refresh(issuer, won[0]?.body.refresh_token)).status).toBe(400)
})

test('is bound to the client, and not used up by another', async () => {
  const { issuer, tokens } = await withTokens()
  const other = await post(issuer, '/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, service)

  expect(await other.json()).toMatchObject({ error: 'invalid_grant' })
  expect((await refresh(issuer, tokens.refresh_token)).status).toBe(200)
})

test.each<[string, number, ClaimsProvider]>([
  ['throws', 500, () => Promise.reject(new Error('the database is away'))],
  ['gives what the contract does not allow', 400, () => ({ account_nr: undefined })],
])('does not use the token up when the claims provider %s', async (_, status, fail) => {
  const good: ClaimsProvider = () => ({ account_nr: '42' })
  let provide = good
  const contract = { audience: 'a', scopes: { orders_read: { claims: ['account_nr'] } } }
  const issuer = await createMockIssuer({ contract, claims: (request) => provide(request), onError: () => {} })
  const code = (await logIn(issuer, { scope: 'openid orders_read' })).get('code')
  const tokens = await (await post(issuer, '/token', codeForm(code))).json()
  provide = fail
  expect((await refresh(issuer, tokens.refresh_token)).status).toBe(status)
  provide = good
  const { body: newer } = await refresh(issuer, tokens.refresh_token)

  expect((await introspect(issuer, newer.access_token)).active).toBe(true)
  expect((await refresh(issuer, tokens.refresh_token)).body.error).toBe('invalid_grant')
  expect((await refresh(issuer, newer.refresh_token)).body.error).toBe('invalid_grant')
})

test('ends the family when a token comes again while it is being exchanged, even if that fails', async () => {
  let isAway = false
  let isAsked: (fail: (reason: Error) => void) => void = () => {}
  const asked = new Promise<(reason: Error) => void>((resolve) => (isAsked = resolve))
  const claims = () => (isAway ? new Promise<never>((_, reject) => isAsked(reject)) : {})
  const issuer = await createMockIssuer({ claims, onError: () => {} })
  const tokens = await (await post(issuer, '/token', codeForm((await logIn(issuer)).get('code')))).json()
  isAway = true
  const first = refresh(issuer, tokens.refresh_token)
  const fail = await asked
  const second = await refresh(issuer, tokens.refresh_token)
  fail(new Error('the database is away'))
  isAway = false

  expect([(await first).status, second.body.error]).toEqual([500, 'invalid_grant'])
  expect((await refresh(issuer, tokens.refresh_token)).body.error).toBe('invalid_grant')
})

test('narrows the scope of the access token and keeps that of the grant', async () => {
  const { issuer, tokens } = await withTokens()
  const narrow = await refresh(issuer, tokens.refresh_token, { scope: 'orders_read' })
  expect(narrow.body.scope).toBe('orders_read')
  expect(decodeJwt(narrow.body.access_token)['scope']).toBe('orders_read')
  expect(Object.keys(narrow.body)).not.toContain('id_token')

  const full = await refresh(issuer, narrow.body.refresh_token)
  expect(full.body.scope).toBe('openid orders_read orders_write')
})

test.each(['orders_read admin', 'orders_read  openid', 'email'])('does not widen the scope to %j, nor use the token up', async (scope) => {
  const { issuer, tokens } = await withTokens()

  expect(await refresh(issuer, tokens.refresh_token, { scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  expect((await refresh(issuer, tokens.refresh_token)).status).toBe(200)
})

test('refuses a refresh token after its time, an unknown one, and an access token in its place', async () => {
  const { issuer, tokens } = await withTokens()
  for (const token of ['unknown', tokens.access_token]) {
    expect(await refresh(issuer, token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  }
  issuer.clock.advanceSeconds(3600)
  expect(await refresh(issuer, tokens.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
})

test('asks for the token', async () => {
  const { issuer } = await withTokens()

  expect(await refresh(issuer, '')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
})
