import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { appOf, appOptions } from '../../test/app.js'
import type { ClientOptions, IdTokenClaims } from '../client-options.js'
import { TokenSet, type TokenSetMembers } from '../token-set.js'
import { readClientOptions } from './client-settings.js'
import { createConnection } from './connection.js'
import { createDeviceGrant } from './device-grant.js'
import { createUserInfo } from './user-info.js'

const algorithms = { userinfo_signing_alg_values_supported: ['ES256'] }

/** A client, the tokens of john, and what the server would say of itself. */
async function createApp(issuerOptions: MockIssuerOptions = {}, options: Partial<ClientOptions> = {}) {
  const issuer = await createMockIssuer(issuerOptions)
  const discovered = await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)
  const client = appOf(issuer, {
    metadata: { ...((await discovered.json()) as { issuer: string }), ...algorithms },
    ...options,
  })
  const tokensOf = async (changes: Partial<TokenSetMembers<IdTokenClaims>> = {}) =>
    new TokenSet<IdTokenClaims>({
      issuer: issuer.issuer,
      clientId: 'app',
      accessToken: await issuer.accessToken({ sub: 'john', scope: 'openid profile', client_id: 'app' }),
      tokenType: 'Bearer',
      receivedAt: 0,
      idToken: await issuer.idToken({ sub: 'john', aud: 'app' }),
      ...changes,
    })
  return { issuer, client, tokensOf }
}

/** Has the server answer with this. */
function answerWith(issuer: MockIssuer, body: string | object, contentType = 'application/json') {
  issuer.faults.add({ endpoint: 'userinfo', kind: 'status', status: 200, body, headers: { 'content-type': contentType } })
}

test('gives the claims of the user', async () => {
  const { client, tokensOf } = await createApp()
  expect(await client.userInfo(await tokensOf())).toEqual({ sub: 'john', name: 'John' })
})

test('refuses the claims of another user', async () => {
  const { issuer, client, tokensOf } = await createApp()
  const accessToken = await issuer.accessToken({ sub: 'jane', scope: 'openid profile', client_id: 'app' })
  await expect(client.userInfo(await tokensOf({ accessToken }))).rejects.toMatchObject({ code: 'response_invalid' })
})

test('asks nobody where it cannot be told whose claims they must be', async () => {
  const { issuer, client, tokensOf } = await createApp()
  await expect(client.userInfo(await tokensOf({ idToken: undefined }))).rejects.toMatchObject({ code: 'not_supported' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'userinfo')).toEqual([])
})

test('asks nobody where the ID token cannot be read', async () => {
  const { issuer, client, tokensOf } = await createApp()
  await expect(client.userInfo(await tokensOf({ idToken: 'text' }))).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'userinfo')).toEqual([])
})

test('sends no server the tokens of another', async () => {
  const { issuer, client, tokensOf } = await createApp()
  const tokens = await tokensOf({ issuer: 'https://other.example.com' })
  await expect(client.userInfo(tokens)).rejects.toMatchObject({ code: 'configuration_invalid' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'userinfo')).toEqual([])
})

describe('a signed answer', () => {
  const typed = 'application/jwt; charset=utf-8'

  test('is taken when its signature is the server’s', async () => {
    const { issuer, client, tokensOf } = await createApp()
    const payload = { iss: issuer.issuer, aud: 'app', sub: 'john', name: 'John' }
    answerWith(issuer, await issuer.sign({ header: {}, payload }), typed)
    expect(await client.userInfo(await tokensOf())).toEqual(payload)
  })

  test.each(['application/jwt', typed, 'application/JWT', 'Application/jwt ;charset=utf-8'])(
    'as %s is refused when it was changed',
    async (contentType) => {
      const { issuer, client, tokensOf } = await createApp()
      const [header, , signature] = (await issuer.sign({ header: {}, payload: { sub: 'jane' } })).split('.')
      const forged = `${header}.${btoa(JSON.stringify({ sub: 'john', email: 'jane@example.com' })).replaceAll('=', '')}.${signature}`
      answerWith(issuer, forged, contentType)
      await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'response_invalid' })
    },
  )

  test.each([
    ['of another issuer', { iss: 'https://other.example.com' }],
    ['for another client', { aud: 'other' }],
    ['of another user', { sub: 'jane' }],
    ['about nobody', { sub: undefined }],
    ['that has expired', { exp: 1 }],
  ])('%s is refused', async (_, changes) => {
    const { issuer, client, tokensOf } = await createApp()
    const payload = { iss: issuer.issuer, aud: 'app', sub: 'john', ...changes }
    answerWith(issuer, await issuer.sign({ header: {}, payload }), typed)
    await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'response_invalid' })
  })

  test.each([
    [{ alg: 'none' }, ['none', 'ES256']],
    [{ alg: 'HS256' }, ['HS256', 'ES256']],
  ])('under %o is refused, also where the metadata list it', async (header, listed) => {
    const { issuer, tokensOf } = await createApp()
    const metadata = { issuer: issuer.issuer, userinfo_endpoint: `${issuer.issuer}/userinfo`, jwks_uri: `${issuer.issuer}/jwks` }
    const client = appOf(issuer, { metadata: { ...metadata, userinfo_signing_alg_values_supported: listed } })
    const encode = (part: object) => btoa(JSON.stringify(part)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')
    answerWith(issuer, `${encode(header)}.${encode({ sub: 'john' })}.`, typed)
    await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'response_invalid' })
  })

  test('with a key of somebody else’s is refused', async () => {
    const { issuer, client, tokensOf } = await createApp()
    const other = await createMockIssuer()
    answerWith(issuer, await other.sign({ header: {}, payload: { sub: 'john' } }), typed)
    await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'response_invalid' })
  })
})

test.each([
  ['no object', '["john"]', 'application/json'],
  ['no JSON', '<p>john</p>', 'application/json'],
  ['a page', '<p>john</p>', 'text/html'],
  ['without a subject', '{"name":"John"}', 'application/json'],
])('refuses an answer that is %s', async (_, body, contentType) => {
  const { issuer, client, tokensOf } = await createApp()
  answerWith(issuer, body, contentType)
  await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'response_invalid' })
})

test('tells a token that is not good any more from an outage', async () => {
  const { issuer, client, tokensOf } = await createApp()
  await expect(client.userInfo(await tokensOf({ accessToken: 'unknown' }))).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_token', status: 401 },
  })
  issuer.faults.add({ endpoint: 'userinfo', kind: 'reset' })
  await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'server_unavailable' })
})

test('takes a refusal without a reason for one of the token', async () => {
  const { issuer, client, tokensOf } = await createApp()
  issuer.faults.add({ endpoint: 'userinfo', kind: 'status', status: 401, headers: { 'www-authenticate': 'Bearer realm="userinfo"' } })
  await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_token', status: 401 },
  })
})

test('proves the key of a bound token, with the nonce that the server wants', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
  const connection = createConnection(readClientOptions({ ...appOptions(issuer), scope: 'openid profile', dpop: {} }))
  const login = await createDeviceGrant(connection, async (milliseconds) =>
    issuer.clock.advanceSeconds(milliseconds / 1000),
  ).startDeviceLogin()
  await issuer.device.approve(login.userCode, { sub: 'john' })
  const outcome = await login.complete()
  if (outcome.kind !== 'logged-in') throw new Error(`it ended as ${outcome.kind}`)
  expect(outcome.tokens.tokenType).toBe('DPoP')
  expect(await createUserInfo(connection).userInfo(outcome.tokens)).toMatchObject({ sub: 'john', name: 'John' })
})

test('dates a proof anew that the server finds mistimed, when its answer tells the time', async () => {
  const issuer = await createMockIssuer()
  const proofs: number[] = []
  const connection = createConnection(
    readClientOptions({
      ...appOptions(issuer),
      dpop: {},
      metadata: { issuer: issuer.issuer, userinfo_endpoint: `${issuer.issuer}/userinfo` },
      now: () => 1_700_000_000_000,
      async fetch(_, init) {
        proofs.push(decodeJwt(new Headers(init?.headers).get('dpop') ?? '').iat ?? 0)
        const date = new Date(1_700_003_600_000).toUTCString()
        if (proofs.length > 1) return Response.json({ sub: 'john' }, { headers: { date } })
        return new Response(null, { status: 401, headers: { date, 'www-authenticate': 'DPoP error="invalid_dpop_proof"' } })
      },
    }),
  )
  const members = { issuer: issuer.issuer, clientId: 'app', accessToken: 'a', tokenType: 'DPoP', receivedAt: 0 } as const
  const idToken = await issuer.idToken({ sub: 'john', aud: 'app' })
  expect(await createUserInfo(connection).userInfo(new TokenSet({ ...members, idToken }))).toEqual({ sub: 'john' })
  expect(proofs).toEqual([1_700_000_000, 1_700_003_600])
})

test('does not show a bound token without its key', async () => {
  const { issuer, client, tokensOf } = await createApp()
  await expect(client.userInfo(await tokensOf({ tokenType: 'DPoP' }))).rejects.toMatchObject({ code: 'not_supported' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'userinfo')).toEqual([])
})

test('says so when the server has none', async () => {
  const { issuer, tokensOf } = await createApp()
  const client = appOf(issuer, { metadata: { issuer: issuer.issuer } })
  await expect(client.userInfo(await tokensOf())).rejects.toMatchObject({ code: 'not_supported' })
})
