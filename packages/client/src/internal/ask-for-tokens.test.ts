import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createService, withMembers } from '../../test/service.js'

test('gives what was granted, with its end by the clock of this machine', async () => {
  const { issuer, client } = await createService({ issuer: { accessTokenTtlSeconds: 120, now: () => 1_800_000_000_000 } })
  const tokens = await client.clientCredentials({ scope: 'orders_read' })
  expect({ ...tokens.toJSON(), receivedAt: tokens.receivedAt }).toEqual({
    issuer: issuer.issuer,
    clientId: 'service',
    tokenType: 'Bearer',
    receivedAt: 1_800_000_000,
    expiresAt: 1_800_000_120,
    scope: 'orders_read',
    accessToken: '[hidden]',
  })
})

test('takes what was asked for as granted where the server does not say, and knows no end that the server does not tell', async () => {
  const { client } = await createService({ answer: withMembers({ expires_in: undefined, scope: undefined }) })
  const tokens = await client.clientCredentials({ scope: 'orders_read' })
  expect([tokens.expiresAt, tokens.scope]).toEqual([undefined, 'orders_read'])
})

test('takes an end that is written as a text, and a type in any letters, as servers do', async () => {
  const { client } = await createService({
    issuer: { now: () => 1_800_000_000_000 },
    answer: withMembers({ token_type: 'bEARER', expires_in: '60' }),
  })
  expect(await client.clientCredentials()).toMatchObject({ tokenType: 'Bearer', expiresAt: 1_800_000_060 })
})

test.each<[string, Record<string, unknown>]>([
  ['no access token', { access_token: undefined }],
  ['an access token that is no text', { access_token: 7 }],
  ['an empty access token', { access_token: '' }],
  ['an access token with a line break', { access_token: 'a\r\nx-evil: b' }],
  ['an access token that is not ASCII', { access_token: 'é' }],
  ['an access token larger than any', { access_token: 'x'.repeat(65_537) }],
  ['a refresh token with a line break', { refresh_token: 'a\nb' }],
  ['no type', { token_type: undefined }],
  ['another type', { token_type: 'mac' }],
  ['a type that was not asked for', { token_type: 'DPoP' }],
  ['an end that is negative', { expires_in: -1 }],
  ['an end that is no number', { expires_in: 'soon' }],
  ['a scope that is no text', { scope: ['orders_read'] }],
  ['a refresh token that is no text', { refresh_token: {} }],
])('uses nothing of an answer with %s', async (_, members) => {
  const { client } = await createService({ answer: withMembers(members) })
  const error: unknown = await client.clientCredentials().catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'response_invalid' })
  expect(JSON.stringify([String(error), error, (error as Error).cause])).not.toMatch(/evil|xxxx|eyJ/)
})

test('uses nothing of a bearer token where one that is bound was asked for', async () => {
  const { client } = await createService({ client: { dpop: {} }, answer: withMembers({ token_type: 'Bearer' }) })
  await expect(client.clientCredentials()).rejects.toMatchObject({
    code: 'response_invalid',
    message: 'The server gave a token of the type Bearer in spite of DPoP.',
  })
})

test.each<[string, () => Response, string]>([
  ['a page', () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }), 'response_invalid'],
  ['a page that says 400', () => new Response('<h1>No</h1>', { status: 400 }), 'response_invalid'],
  ['a page that says 500', () => new Response('<h1>Sorry</h1>', { status: 500 }), 'server_unavailable'],
  ['text that is no JSON', () => new Response('{', { headers: { 'content-type': 'application/json' } }), 'response_invalid'],
  ['a list', () => Response.json([]), 'response_invalid'],
  ['nothing', () => new Response(null, { status: 204 }), 'response_invalid'],
  ['a redirect', () => Response.redirect('https://attacker.example/token', 307), 'response_invalid'],
  ['an error that is no text', () => Response.json({ error: 7 }, { status: 400 }), 'response_invalid'],
])('tells %s from an answer', async (_, answer, code) => {
  const { client } = await createService({ answer })
  await expect(client.clientCredentials()).rejects.toMatchObject({ code })
})

test('does not wait longer than it was told to', async () => {
  const { issuer, client: patient } = await createService()
  const metadata = await patient.metadata()
  const { client } = await createService({ client: { issuer: issuer.issuer, fetch: issuer.fetch, metadata, timeoutMs: 50 } })
  using fault = issuer.faults.add({ endpoint: 'token', kind: 'hang' })
  await expect(client.clientCredentials()).rejects.toMatchObject({ code: 'server_unavailable' })
  expect(fault.timesMet).toBe(1)
})

test('is aborted by the caller', async () => {
  const { issuer, client } = await createService()
  await client.metadata()
  using fault = issuer.faults.add({ endpoint: 'token', kind: 'hang' })
  const controller = new AbortController()
  const asked = client.clientCredentials({ signal: controller.signal })
  await expect.poll(() => fault.timesMet).toBe(1)
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

test('waits for the metadata no longer than its caller', async () => {
  const { issuer, client } = await createService()
  using fault = issuer.faults.add({ endpoint: '*', kind: 'hang' })
  const controller = new AbortController()
  const asked = client.clientCredentials({ signal: controller.signal })
  await expect.poll(() => fault.timesMet).toBe(1)
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

test('honours a pause that the server asks for', async () => {
  const { issuer, client } = await createService()
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 429, retryAfterSeconds: 40 })
  await expect(client.clientCredentials()).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 40 })
})

test('asks once more with a nonce that the server demands, and has it from then on', async () => {
  const { issuer, client } = await createService({ issuer: { dpop: { nonce: 'required' } }, client: { dpop: {} } })
  expect((await client.clientCredentials()).tokenType).toBe('DPoP')
  await client.clientCredentials()
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token').map(({ status }) => status)).toEqual([400, 200, 200])
})

test('says that a server without a token endpoint cannot do this', async () => {
  const issuer = 'https://login.example.com'
  const { client } = await createService({ client: { issuer, metadata: { issuer }, fetch: () => Promise.reject(new Error('asked')) } })
  await expect(client.clientCredentials()).rejects.toMatchObject({ code: 'not_supported' })
})

test.each([-600, 600])('gets on with a clock that is %i seconds off, assertions and proofs included', async (seconds) => {
  const issuer = await createMockIssuer({ now: () => 1_800_000_000_000 })
  const { client } = await createService({
    client: { issuer: issuer.issuer, fetch: issuer.fetch, dpop: {}, now: () => issuer.clock.now() + seconds * 1000 },
  })
  const { receivedAt, expiresAt = 0 } = await client.clientCredentials()
  expect([expiresAt - receivedAt, receivedAt - Math.floor(issuer.clock.now() / 1000)]).toEqual([300, seconds])
})

test('asks once more when the clock turns out to be off in the answer that refuses', async () => {
  const { issuer } = await createService()
  const metadata = await (await createService({ client: { issuer: issuer.issuer, fetch: issuer.fetch } })).client.metadata()
  const { client } = await createService({
    client: { issuer: issuer.issuer, fetch: issuer.fetch, metadata, dpop: {}, now: () => issuer.clock.now() - 600_000 },
  })
  const before = issuer.requests.length
  expect((await client.clientCredentials()).tokenType).toBe('DPoP')
  expect(issuer.requests.slice(before).map(({ status }) => status)).toEqual([400, 200])
})
