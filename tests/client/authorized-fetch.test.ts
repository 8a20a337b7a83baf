import express from 'express'
import { type ClientDpopOptions, createAuthorizedFetch, createClient, createTokenSource } from '@bailiwick/client'
import type { JwtVerifierOptions } from '@bailiwick/verifier'
import { afterEach, describe, expect, test } from 'vitest'
import { createExpressHost } from '../adapters/express-host.js'
import { resource } from '../adapters/host.js'
import { type ServedApi, serveApi } from '../adapters/served-api.js'

const host = createExpressHost('Express 5', express)
const nonces = { dpop: { publicUrl: resource, nonce: { secret: new Uint8Array(32).fill(7), lifetimeSeconds: 30 } } }
const open: ServedApi[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()))
})

/** A client, an issuer and a guarded API on their sockets; the API under its public name. */
async function setUp(dpop: ClientDpopOptions | undefined, senderConstraint?: JwtVerifierOptions['senderConstraint']) {
  const api = await serveApi(host, { senderConstraint })
  open.push(api)
  const { issuer } = api
  // That of the machine, which may be off, and set right.
  const off = { ms: 0 }
  const now = () => issuer.clock.now() + off.ms
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
    now,
    dpop,
  })
  const statuses: number[] = []
  const sent = new Set<string>()
  const revoked = new Set<string>()
  const tokens = createTokenSource({ client, grant: { type: 'client_credentials' }, now })
  const authorizedFetch = createAuthorizedFetch({
    client,
    tokens,
    allowedOrigins: [resource],
    async fetch(url, init) {
      const authorization = new Headers(init.headers).get('authorization') ?? ''
      sent.add(authorization)
      const response = revoked.has(authorization)
        ? new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
        : await fetch(url.replace(resource, `http://127.0.0.1:${api.host.port}`), init)
      statuses.push(response.status)
      return response
    },
  })
  return { authorizedFetch, issuer, statuses, off, revoke: () => sent.forEach((each) => revoked.add(each)) }
}

const tokenRequests = ({ requests }: ServedApi['issuer']) =>
  requests.filter(({ endpoint, status }) => endpoint === 'token' && status === 200).length

describe('an API that takes bearer tokens', () => {
  test('lets the client in, and gets a new token before the old one has expired', async () => {
    const { authorizedFetch, issuer, statuses } = await setUp(undefined)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    issuer.clock.advanceSeconds(301)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    expect([statuses, tokenRequests(issuer)]).toEqual([[200, 200], 2])
  })

  test('has one new token fetched for a hundred requests that it refuses', async () => {
    const { authorizedFetch, issuer, statuses, revoke } = await setUp(undefined)
    await authorizedFetch(`${resource}/me`)
    revoke()
    const all = await Promise.all(Array.from({ length: 100 }, () => authorizedFetch(`${resource}/me`)))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect([tokenRequests(issuer), statuses.filter((status) => status === 401).length]).toEqual([2, 100])
  })

  test('asks for a scope', async () => {
    const { authorizedFetch } = await setUp(undefined)
    await expect(authorizedFetch(`${resource}/accounts/42/orders`)).rejects.toMatchObject({
      code: 'step_up_required',
      stepUp: { scope: 'orders_read' },
    })
  })

  test('asks for a stronger login', async () => {
    const { authorizedFetch, issuer } = await setUp(undefined)
    await expect(authorizedFetch(`${resource}/transfers`)).rejects.toMatchObject({
      code: 'step_up_required',
      stepUp: { acrValues: expect.arrayContaining([expect.any(String)]) },
    })
    expect(tokenRequests(issuer)).toBe(1)
  })
})

describe('an API that demands DPoP with nonces', () => {
  test('refuses the first proof alone, and takes every further one', async () => {
    const { authorizedFetch, statuses } = await setUp({}, nonces)
    for (const method of ['GET', 'get', 'GET']) expect((await authorizedFetch(`${resource}/me?a=b`, { method })).status).toBe(200)
    expect(statuses).toEqual([401, 200, 200, 200])
  })

  test('brings a new nonce when the old one is too old, and takes a new token besides', async () => {
    const { authorizedFetch, issuer, statuses } = await setUp({}, nonces)
    await authorizedFetch(`${resource}/me`)
    issuer.clock.advanceSeconds(60)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    issuer.clock.advanceSeconds(301)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    expect(statuses.slice(0, 4)).toEqual([401, 200, 401, 200])
    expect(tokenRequests(issuer)).toBe(2)
  })

  test('takes proofs of a client whose clock is ten minutes off, and of one whose clock is set meanwhile', async () => {
    const { authorizedFetch, statuses, off } = await setUp({}, nonces)
    for (const ms of [-600_000, 0, 600_000]) {
      off.ms = ms
      expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(3)
  })
})
