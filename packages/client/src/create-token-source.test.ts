import { createMemoryStore } from '@bailiwick/protocol'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { loggedIn } from '../test/logged-in.js'
import { machine, machineOf, machineSource, tokenRequests } from '../test/machine.js'
import { createService, withMembers } from '../test/service.js'
import { createClient } from './create-client.js'
import { createTokenSource } from './create-token-source.js'
import type { TokenSourceGrant } from './token-source-grant.js'

describe('a machine', () => {
  test('gets one token for a thousand who ask at once, at the start and at its end', async () => {
    const { issuer, source, requests } = await machineSource()
    const thousand = async () => new Set(await Promise.all(Array.from({ length: 1000 }, () => source.getAccessToken())))
    const first = await thousand()
    expect([first.size, requests()]).toEqual([1, 1])

    issuer.clock.advanceSeconds(300)
    const second = await thousand()
    expect([second.size, requests()]).toEqual([1, 2])
    expect([...second]).not.toEqual([...first])
  })

  test('asks for scope, resource and parameters as they are given', async () => {
    const { issuer, client } = await machine({ audience: ['https://orders.example.com', 'https://bills.example.com'] })
    const source = createTokenSource({
      client,
      grant: { type: 'client_credentials', scope: 'orders_read', resource: 'https://orders.example.com' },
      now: issuer.clock.now,
    })
    const tokens = await source.getTokens()
    expect(tokens.scope).toBe('orders_read')
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ aud: 'https://orders.example.com', sub: 'service', scope: 'orders_read' })
  })

  test('gives the token on while a new one is got in the background, near its end', async () => {
    const { issuer, client, requests } = await machine()
    const source = createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now, refreshAheadSeconds: 60 })
    const first = await source.getAccessToken()
    issuer.clock.advanceSeconds(209)
    expect([await source.getAccessToken(), requests()]).toEqual([first, 1])

    issuer.clock.advanceSeconds(32)
    const held = issuer.faults.add({ endpoint: 'token', kind: 'hang' })
    expect(await source.getAccessToken()).toBe(first)
    await expect.poll(() => held.timesMet).toBe(1)
    expect(await source.getAccessToken()).toBe(first)
    held.remove()
    await expect.poll(() => source.getAccessToken()).not.toBe(first)
    expect(requests()).toBe(2)
  })

  test('is not renewed in the first quarter of its life, however far ahead that is asked for', async () => {
    const { issuer, client, requests } = await machine()
    const source = createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now, refreshAheadSeconds: 86_400 })
    const first = await source.getAccessToken()
    issuer.clock.advanceSeconds(74)
    expect(await source.getAccessToken()).toBe(first)
    await new Promise((resolve) => setImmediate(resolve))
    expect(requests()).toBe(1)
  })

  test('presents a new assertion each time', async () => {
    const partner = await createMockIssuer({ issuer: 'https://partner.example.com' })
    const issuer = await createMockIssuer({ trustedIssuers: [{ issuer: partner.issuer, jwks: await partner.jwks() }] })
    let count = 0
    const source = createTokenSource({
      client: machineOf(issuer),
      grant: {
        type: 'jwt_bearer',
        assertion: () => partner.idToken({ sub: 'john', aud: issuer.issuer, jti: `assertion-${(count += 1)}` }),
        scope: 'orders_read',
      },
      now: issuer.clock.now,
    })
    expect(decodeJwt(await source.getAccessToken())).toMatchObject({ sub: 'john', scope: 'orders_read' })
    issuer.clock.advanceSeconds(300)
    partner.clock.advanceSeconds(300)
    await source.getAccessToken()
    expect([count, tokenRequests(issuer)]).toEqual([2, 2])
  })

  test('is told what its assertion threw, and the server is left alone', async () => {
    const { issuer, client, requests } = await machine()
    const assertion = () => Promise.reject(new Error('the vault is sealed'))
    const source = createTokenSource({ client, grant: { type: 'jwt_bearer', assertion }, now: issuer.clock.now })
    await expect(source.getAccessToken()).rejects.toThrow('the vault is sealed')
    await expect(source.getAccessToken()).rejects.toThrow('the vault is sealed')
    expect(requests()).toBe(0)
  })

  test('has a token of which the server does not say how long it lives renewed after five minutes', async () => {
    const { issuer, client } = await createService({ answer: withMembers({ expires_in: undefined }) })
    const source = createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now })
    const first = await source.getTokens()
    expect(first.expiresAt).toBe(undefined)
    issuer.clock.advanceSeconds(150)
    expect(await source.getTokens()).toBe(first)
    issuer.clock.advanceSeconds(150)
    expect(await source.getTokens()).not.toBe(first)
  })

  test('with DPoP gets tokens that are bound to the key of the client', async () => {
    const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
    const client = machineOf(issuer, { dpop: {} })
    const tokens = await createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now }).getTokens()
    const thumbprint = await client.keyThumbprint()
    expect([tokens.tokenType, tokens.keyThumbprint]).toEqual(['DPoP', thumbprint])
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ cnf: { jkt: thumbprint } })
  })
})

describe('options that cannot work are refused at once:', () => {
  const credentials: TokenSourceGrant = { type: 'client_credentials' }
  const store = createMemoryStore()

  test.each<[string, object, string]>([
    ['one that does not exist', { grant: credentials, onEvents: () => {} }, 'there is no option "onEvents"'],
    ['a grant that does not exist', { grant: { type: 'password' } }, 'grant.type must be one of'],
    ['a grant by an inherited name', { grant: { type: 'toString' } }, 'grant.type must be one of'],
    ['a member of another grant', { grant: { ...credentials, tokens: 1 } }, 'grant.tokens is not known of client_credentials'],
    ['an assertion that is made once', { grant: { type: 'jwt_bearer', assertion: 'text' } }, 'grant.assertion must be a function'],
    ['users who would share', { grant: { type: 'jwt_bearer', assertion: () => '' }, store }, 'grant.subject is missing'],
    ['a negative time', { grant: credentials, refreshAheadSeconds: -1 }, 'refreshAheadSeconds must be a number from 0'],
    ['no life at all', { grant: credentials, assumedLifetimeSeconds: 0 }, 'assumedLifetimeSeconds must be a number from 1'],
  ])('%s', async (_, options, message) => {
    const { client } = await machine()
    expect(() => createTokenSource({ client, ...options } as never)).toThrow(message)
  })

  test('tokens of another client, and a store for a session', async () => {
    const issuer = await createMockIssuer()
    const tokens = await loggedIn(issuer)
    const grant = { type: 'refresh_token', tokens } as const
    expect(() => createTokenSource({ client: machineOf(issuer), grant })).toThrow('of another issuer or client')
    const untyped = { type: 'refresh_token', tokens: undefined as never } as const
    expect(() => createTokenSource({ client: machineOf(issuer), grant: untyped })).toThrow('grant.tokens are missing')
    const client = createClient({ issuer: issuer.issuer, clientId: 'app', authentication: { method: 'none' } })
    expect(() => createTokenSource({ client, grant, store })).toThrow('store is for machines')
  })

  test('a minimum that is no number', async () => {
    const { client } = await machine()
    const source = createTokenSource({ client, grant: credentials })
    await expect(source.getAccessToken({ minimumSeconds: Number.NaN })).rejects.toThrow('minimumSeconds must be a number')
  })
})
