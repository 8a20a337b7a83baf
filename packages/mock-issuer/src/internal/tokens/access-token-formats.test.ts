import { createHash } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { codeForm, logIn, post, service } from '../../../test/code-flow.js'
import type { AccessTokenFormat } from '../../access-token-format.js'
import { defaultClients } from '../../client.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const looks: Record<AccessTokenFormat, RegExp> = {
  jwt: /^[\w-]+\.[\w-]+\.[\w-]{86}$/,
  opaque: /^[\w-]{43}$/,
  phantom: /^[\w-]{43}$/,
  split: /^[\w-]{86}$/,
}
const formats = Object.keys(looks) as AccessTokenFormat[]

async function issueForUser(issuer: MockIssuer, changes: Record<string, string> = {}) {
  const code = (await logIn(issuer, changes)).get('code')
  return (await post(issuer, '/token', codeForm(code))).json()
}

async function isActive(issuer: MockIssuer, token: string): Promise<unknown> {
  return (await (await post(issuer, '/introspect', { token }, service)).json()).active
}

async function userinfoStatus(issuer: MockIssuer, token: string): Promise<number> {
  return (await issuer.fetch(`${issuer.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status
}

test.each(formats)('issues %s tokens by every grant', async (accessTokenFormat) => {
  const issuer = await createMockIssuer({ accessTokenFormat, now: () => Date.UTC(2026, 0, 1, 0, 0, 0, 999) })
  const first = await issueForUser(issuer)
  const refresh = { grant_type: 'refresh_token', client_id: 'app', refresh_token: first.refresh_token }
  const second = await (await post(issuer, '/token', refresh)).json()
  const own = await (await post(issuer, '/token', { grant_type: 'client_credentials' }, service)).json()

  for (const { access_token: token, expires_in: expiresIn } of [first, second, own]) {
    expect(token).toMatch(looks[accessTokenFormat])
    expect(expiresIn).toBe(300)
    expect(await isActive(issuer, token)).toBe(true)
  }
})

test('lets a client have a format of its own', async () => {
  const clients = defaultClients.map((client) => (client.clientId === 'app' ? { ...client, accessTokenFormat: 'split' as const } : client))
  const issuer = await createMockIssuer({ clients, accessTokenFormat: 'phantom' })
  const own = await (await post(issuer, '/token', { grant_type: 'client_credentials' }, service)).json()

  expect((await issueForUser(issuer)).access_token).toMatch(looks.split)
  expect(own.access_token).toMatch(looks.phantom)
})

test.each(formats)('knows a %s token at userinfo and forgets it when it is revoked', async (accessTokenFormat) => {
  const issuer = await createMockIssuer({ accessTokenFormat })
  const { access_token: token } = await issueForUser(issuer)
  expect(await userinfoStatus(issuer, token)).toBe(200)
  await post(issuer, '/revoke', { token, client_id: 'app' })

  expect(await userinfoStatus(issuer, token)).toBe(401)
  expect(await isActive(issuer, token)).toBe(false)
})

test('takes both forms of a token for one: either is known, and revoking one revokes the other', async () => {
  const issuer = await createMockIssuer()
  const pair = await issuer.phantomToken({ scope: 'openid' })
  const split = await issuer.splitToken({ scope: 'openid' })
  const splitJwt = `${split.published.headerAndPayload}.${split.token}`
  for (const token of [pair.token, pair.jwt, split.token, splitJwt]) expect(await userinfoStatus(issuer, token)).toBe(200)
  await post(issuer, '/revoke', { token: pair.jwt, client_id: 'app' })
  await post(issuer, '/revoke', { token: split.token, client_id: 'app' })

  for (const token of [pair.token, pair.jwt, split.token, splitJwt]) expect(await isActive(issuer, token)).toBe(false)
})

test('does not stand by a phantom or a split token whose key was withdrawn, and does by an opaque one', async () => {
  const issuer = await createMockIssuer()
  const [{ token: phantom }, { token: split }, opaque] = [
    await issuer.phantomToken(),
    await issuer.splitToken(),
    await issuer.opaqueToken(),
  ]
  await issuer.rotateKeys({ keepOld: false })

  expect(await isActive(issuer, phantom)).toBe(false)
  expect(await isActive(issuer, split)).toBe(false)
  expect(await isActive(issuer, opaque)).toBe(true)
})

test('does not know the part of a split token that is published, nor the hash', async () => {
  const issuer = await createMockIssuer()
  const { token, published } = await issuer.splitToken()

  for (const half of [published.headerAndPayload, `${published.headerAndPayload}.`, published.hash, `.${token}`]) {
    expect(await isActive(issuer, half)).toBe(false)
  }
})

test.each(['ES256', 'RS256', 'EdDSA'] as const)('splits a token of %s so that a gateway can put it together', async (algorithm) => {
  const issuer = await createMockIssuer({ algorithm })
  const { token } = await issuer.splitToken({ sub: 'jane', scope: 'orders_read' })
  const hash = createHash('sha256').update(token, 'ascii').digest('base64')
  const published = issuer.splitTokens.find(hash)

  const { payload } = await jwtVerify(`${published?.headerAndPayload}.${token}`, createLocalJWKSet(await issuer.jwks()), { typ: 'at+jwt' })
  expect(payload).toMatchObject({ sub: 'jane', scope: 'orders_read' })
  expect(hash).toMatch(/^[A-Za-z0-9+/]{43}=$/)
})

test('signs no JWT for a token that is opaque', async () => {
  const issuer = await createMockIssuer({ accessTokenFormat: 'opaque' })
  await issueForUser(issuer, { scope: 'orders_read' })

  expect(issuer.splitTokens.find('')).toBe(undefined)
  await issuer.rotateKeys()
  expect((await issuer.jwks()).keys).toHaveLength(1)
})

test('keeps to the contract in every format', async () => {
  const issuer = await createMockIssuer({ contract: { audience: 'api', scopes: { orders_read: { claims: ['account_nr'] } } } })
  const claims = { scope: 'orders_read' }

  await expect(issuer.phantomToken(claims)).rejects.toMatchObject({ code: 'contract_broken' })
  await expect(issuer.splitToken(claims)).rejects.toMatchObject({ code: 'contract_broken' })
  expect(decodeJwt((await issuer.phantomToken(claims, { breakContract: true })).jwt)).toMatchObject(claims)
})

test.each([
  [{ accessTokenFormat: 'paseto' }, 'accessTokenFormat'],
  [{ clients: [{ clientId: 'app', accessTokenFormat: 'paseto' }] }, 'clients[0].accessTokenFormat'],
  [{ clients: [{ clientId: 'app', introspection: 'xml' }] }, 'clients[0].introspection'],
  [{ clients: [{ clientId: 'app', introspectionSignedResponseAlg: 'HS256' }] }, 'clients[0].introspectionSignedResponseAlg'],
  [{ clients: [{ clientId: 'app', audience: [] }] }, 'clients[0].audience'],
  [{ claims: {} }, 'claims'],
  [{ claimsTimeoutMs: 0 }, 'claimsTimeoutMs'],
])('does not take %j', async (options, named) => {
  const error: unknown = await createMockIssuer(options as object).catch((reason: unknown) => reason)

  expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining(`The option "${named}" must be `) })
})

test.each(formats)('exchanges a %s token for another of that format', async (accessTokenFormat) => {
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange' as const
  const clients = defaultClients.map((client) => ({ ...client, grantTypes: ['authorization_code', exchange] as const }))
  const issuer = await createMockIssuer({ accessTokenFormat, clients })
  const { access_token: subject } = await issueForUser(issuer, { scope: 'orders_read' })
  const form = { grant_type: exchange, subject_token: subject, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' }
  const { access_token: token } = await (await post(issuer, '/token', form, service)).json()

  expect(token).toMatch(looks[accessTokenFormat])
  expect(token).not.toBe(subject)
  expect(await isActive(issuer, token)).toBe(true)
})

test('splits no token that is signed with a shared secret', async () => {
  const issuer = await createMockIssuer()

  await expect(issuer.splitToken({}, { algorithm: 'HS256' as 'ES256' })).rejects.toThrow(/alg/)
  await expect(createMockIssuer({ algorithm: 'HS256' as 'ES256' })).rejects.toMatchObject({ code: 'invalid_option' })
})
