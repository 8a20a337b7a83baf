import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { AuthorizationServer, ServerMetadata } from './authorization-server.js'
import type { SessionSettings } from './session-worker.js'
import { createTokenEndpoint } from './token-endpoint.js'

const issuer = 'https://login.example.com'
const { privateKey, publicKey } = await generateKeyPair('ES256')
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])

const idTokenOf = (sub: string) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setAudience('app')
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(privateKey)

interface Setting {
  readonly settings?: Partial<SessionSettings>
  readonly metadata?: Partial<ServerMetadata>
  readonly keyPair?: () => Promise<CryptoKeyPair | undefined>
  readonly sessionKeyPair?: () => CryptoKeyPair | undefined
}

/** An endpoint whose server does DPoP, and gives what the test has planned, in turn. */
async function open(plan: Response[], { settings, metadata, keyPair = async () => pair, sessionKeyPair = () => pair }: Setting = {}) {
  const keys = [await exportJWK(publicKey)] as Awaited<ReturnType<AuthorizationServer['keys']>>
  const server = {
    metadata: async () => ({
      issuer,
      dpop_signing_alg_values_supported: ['ES256'],
      id_token_signing_alg_values_supported: ['ES256'],
      ...metadata,
    }),
    endpoint: async (name: string) => `${issuer}/${name}`,
    post: vi.fn<AuthorizationServer['post']>(async () => plan.shift() ?? Response.error()),
    keys: async () => keys,
  }
  const all = { issuer, clientId: 'app', redirectUri: 'https://app.example.com/', ...settings }
  return { server, endpoint: createTokenEndpoint(all, server, { keyPair, sessionKeyPair }) }
}

const granted = async (members: object = {}, headers: Record<string, string> = {}) =>
  Response.json({ access_token: 'access', token_type: 'DPoP', expires_in: 300, id_token: await idTokenOf('john'), ...members }, { headers })
const refused = (error: string, headers: Record<string, string> = {}) => Response.json({ error }, { status: 400, headers })

test('gives tokens that are bound to the key, of a user who is verified', async () => {
  const { endpoint, server } = await open([await granted({ refresh_token: 'refresh' })])
  const tokens = await endpoint.ask({ grant_type: 'authorization_code' })
  expect(tokens).toMatchObject({ accessToken: 'access', isBound: true, refreshToken: 'refresh', user: { sub: 'john' } })
  expect(Number(tokens.expiresAt) - tokens.receivedAt).toBe(300_000)
  expect(decodeJwt(server.post.mock.calls[0]?.[2]?.headers?.['dpop'] ?? '')).toMatchObject({ htm: 'POST', htu: `${issuer}/token_endpoint` })
})

test('asks once more with the nonce that the server wants, and with the next one that it has given', async () => {
  const plan = [refused('use_dpop_nonce', { 'dpop-nonce': 'first' }), await granted({}, { 'dpop-nonce': 'second' }), await granted()]
  const { endpoint, server } = await open(plan)
  await endpoint.ask({})
  await endpoint.ask({})
  const nonces = server.post.mock.calls.map(([, , options]) => decodeJwt(options?.headers?.['dpop'] ?? '')['nonce'])
  expect(nonces).toEqual([undefined, 'first', 'second'])
})

test('asks no third time', async () => {
  const { endpoint, server } = await open([refused('use_dpop_nonce'), refused('use_dpop_nonce'), await granted()])
  await expect(endpoint.ask({})).rejects.toMatchObject({ error: 'use_dpop_nonce' })
  expect(server.post).toHaveBeenCalledTimes(2)
})

test.each([
  ['never', 'DPoP'],
  ['required', 'Bearer'],
] as const)('with dpop %s, a token of type %s is refused', async (dpop, type) => {
  const { endpoint } = await open([await granted({ token_type: type })], { settings: { dpop } })
  await expect(endpoint.ask({})).rejects.toThrow('The token is of another type.')
})

test('with dpop never, no proof is sent', async () => {
  const { endpoint, server } = await open([await granted({ token_type: 'Bearer' })], { settings: { dpop: 'never' } })
  expect((await endpoint.ask({})).isBound).toBe(false)
  expect(server.post.mock.calls[0]?.[2]?.headers).toBe(undefined)
})

test.each([
  ['no DPoP', { metadata: { dpop_signing_alg_values_supported: [] } }],
  ['DPoP with other algorithms', { metadata: { dpop_signing_alg_values_supported: ['RS256'] } }],
  ['DPoP, but the browser no key', { keyPair: async () => undefined }],
])('with dpop required, nothing is sent to a server that has %s', async (_title, setting) => {
  const { endpoint, server } = await open([], { ...setting, settings: { dpop: 'required' } })
  await expect(endpoint.ask({})).rejects.toThrow('The server has no DPoP, or the browser no key for it.')
  expect(server.post).not.toHaveBeenCalled()
  const relaxed = await open([await granted({ token_type: 'Bearer' })], setting)
  expect((await relaxed.endpoint.ask({})).isBound).toBe(false)
})

test('a login has the key as it is stored now, each time', async () => {
  const keyPair = vi.fn(async () => pair)
  const { endpoint } = await open([], { keyPair })
  expect(await (await endpoint.senderKey())?.thumbprint()).toMatch(/^[\w-]{43}$/)
  await endpoint.senderKey()
  expect(keyPair).toHaveBeenCalledTimes(2)
})

test('a session that is bound to a key sends nothing without it, whatever the server says that it does', async () => {
  const plan = [await granted({ refresh_token: 'refresh' })]
  const { endpoint, server } = await open(plan, { sessionKeyPair: () => undefined })
  const session = await endpoint.ask({})
  await expect(endpoint.ask({}, session)).rejects.toThrow('the browser no key for it')
  await expect(endpoint.senderKey(session)).rejects.toThrow('the browser no key for it')
  expect(server.post).toHaveBeenCalledTimes(1)
  const silent = await open([await granted()], { metadata: { dpop_signing_alg_values_supported: [] } })
  await silent.endpoint.ask({}, session)
  expect(silent.server.post.mock.calls[0]?.[2]?.headers?.['dpop']).toMatch(/^eyJ/)
})

test.each([
  ['never', 'bound to a key', 'DPoP'],
  ['required', 'not bound to a key', 'Bearer'],
] as const)('with dpop %s, a session that is %s from before ends, and nothing is sent', async (dpop, _title, type) => {
  const session = await (await open([await granted({ token_type: type })])).endpoint.ask({})
  const { endpoint, server } = await open([], { settings: { dpop } })
  await expect(endpoint.ask({}, session)).rejects.toMatchObject({ error: 'invalid_grant' })
  expect(server.post).not.toHaveBeenCalled()
})

test('a nonce of any answer is in the next proof for its origin, unless no header could carry it', async () => {
  const { endpoint, server } = await open([await granted()])
  endpoint.takeNonce(`${issuer}/userinfo`, new Headers({ 'dpop-nonce': 'good' }))
  endpoint.takeNonce(`${issuer}/userinfo`, new Headers({ 'dpop-nonce': 'x'.repeat(150_000) }))
  await endpoint.ask({})
  expect(decodeJwt(server.post.mock.calls[0]?.[2]?.headers?.['dpop'] ?? '')['nonce']).toBe('good')
})

test('a refresh is not cut short as other requests are', async () => {
  const { endpoint, server } = await open([await granted(), await granted()], { settings: { timeoutMs: 1000 } })
  await endpoint.ask({}, await endpoint.ask({}))
  expect(server.post.mock.calls.map(([, , options]) => options?.timeoutMs)).toEqual([undefined, 6000])
})

test('a renewal keeps what it does not bring, and is of the same user', async () => {
  const { endpoint } = await open([
    await granted({ refresh_token: 'refresh' }),
    await granted({ access_token: 'renewed', id_token: undefined }),
    await granted({ id_token: await idTokenOf('jane') }),
  ])
  const first = await endpoint.ask({})
  const second = await endpoint.ask({}, first)
  expect(second).toMatchObject({ accessToken: 'renewed', refreshToken: 'refresh', idToken: first.idToken, user: { sub: 'john' } })
  await expect(endpoint.ask({}, second)).rejects.toThrow('The ID token is of another user.')
})

test('an ID token that is signed by somebody else, or with an algorithm that the server does not name, is refused', async () => {
  const { endpoint, server } = await open([await granted(), await granted()])
  vi.spyOn(server, 'keys').mockResolvedValueOnce([])
  await expect(endpoint.ask({})).rejects.toThrow("The ID token is not the server's.")
  const other = await open([await granted()], { metadata: { id_token_signing_alg_values_supported: ['RS256'] } })
  await expect(other.endpoint.ask({})).rejects.toThrow('alg')
})

test('a refresh token is revoked where the server took that when it gave it, also while its metadata cannot be had', async () => {
  const { endpoint } = await open([await granted({ refresh_token: 'refresh' })])
  const tokens = await endpoint.ask({})
  const { endpoint: later, server } = await open([new Response()])
  vi.spyOn(server, 'endpoint').mockRejectedValue(new Error('away'))
  await later.revoke(tokens)
  expect(server.post.mock.calls).toEqual([[`${issuer}/revocation_endpoint`, { token: 'refresh' }, { timeoutMs: 2000 }]])
})

test('where the server has never named a place to revoke at, nothing is sent', async () => {
  const { endpoint, server } = await open([await granted({ refresh_token: 'refresh' })])
  const named = server.endpoint
  vi.spyOn(server, 'endpoint').mockImplementation(async (name) => {
    if (name === 'revocation_endpoint') throw new Error('none')
    return named(name)
  })
  await endpoint.revoke(await endpoint.ask({}))
  expect(server.post).toHaveBeenCalledTimes(1)
})

test('a token is as old as its answer, also where the machine has slept before its ID token was checked', async () => {
  const { endpoint, server } = await open([await granted(), await granted()])
  const session = await endpoint.ask({})
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  onTestFinished(() => void vi.useRealTimers())
  const answeredAt = Date.now()
  vi.spyOn(server, 'keys').mockImplementation(async () => {
    vi.advanceTimersByTime(3 * 3_600_000)
    throw new TypeError('Failed to fetch')
  })
  expect(await endpoint.ask({}, session)).toMatchObject({ receivedAt: answeredAt, expiresAt: answeredAt + 300_000 })
})

test('tokens are asked for, and renewed, for the APIs of the app alone', async () => {
  const resource = ['https://api.example.com', 'https://payments.example.com']
  const { endpoint, server } = await open([await granted(), await granted()], { settings: { resource } })
  await endpoint.ask({ code: 'code' }, await endpoint.ask({ code: 'code' }))
  expect(server.post.mock.calls.map(([, form]) => form)).toEqual([
    { code: 'code', resource },
    { code: 'code', resource },
  ])
})

test('a refresh token is kept ahead of the rest of the answer if it is new, and not written once more if it is not', async () => {
  const answers = ['refresh', 'refresh', 'rotated'].map((refreshToken) => granted({ refresh_token: refreshToken }))
  const { endpoint } = await open(await Promise.all(answers))
  const session = await endpoint.ask({})
  const keep = vi.fn(async () => {})
  await endpoint.ask({}, session, undefined, keep)
  expect(keep).not.toHaveBeenCalled()
  await endpoint.ask({}, session, undefined, keep)
  expect(keep.mock.calls).toEqual([[{ ...session, refreshToken: 'rotated' }]])
})

test('a refresh token that comes with an ID token of another user is not kept', async () => {
  const { endpoint } = await open([await granted(), await granted({ refresh_token: 'jane’s', id_token: await idTokenOf('jane') })])
  const keep = vi.fn(async () => {})
  await expect(endpoint.ask({}, await endpoint.ask({}), undefined, keep)).rejects.toThrow('of another user')
  expect(keep).not.toHaveBeenCalled()
})
