import express from 'express'
import { type ClientDpopOptions, createAuthorizedFetch, createClient, type GetTokensOptions, type TokenSet } from '@bailiwick/client'
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
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
    now: issuer.clock.now,
    dpop,
  })
  const statuses: number[] = []
  let present: TokenSet | undefined
  const tokens = {
    async getTokens({ rejected }: GetTokensOptions = {}) {
      if (present === undefined || rejected === present.accessToken) present = await client.clientCredentials()
      return present
    },
  }
  const authorizedFetch = createAuthorizedFetch({
    client,
    tokens,
    allowedOrigins: [resource],
    async fetch(url, init) {
      const response = await fetch(url.replace(resource, `http://127.0.0.1:${api.host.port}`), init)
      statuses.push(response.status)
      return response
    },
  })
  return { authorizedFetch, issuer, statuses, tokens }
}

const tokenRequests = ({ requests }: ServedApi['issuer']) =>
  requests.filter(({ endpoint, status }) => endpoint === 'token' && status === 200).length

describe('an API that takes bearer tokens', () => {
  test('lets the client in, and is asked again with a new token when the old one has expired', async () => {
    const { authorizedFetch, issuer, statuses } = await setUp(undefined)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    issuer.clock.advanceSeconds(301)
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
    expect([statuses, tokenRequests(issuer)]).toEqual([[200, 401, 200], 2])
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

  test('takes proofs of a client whose clock is ten minutes off', async () => {
    const api = await serveApi(host, { senderConstraint: nonces })
    open.push(api)
    const { issuer } = api
    const client = createClient({
      issuer: issuer.issuer,
      clientId: 'service',
      authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
      now: () => issuer.clock.now() - 600_000,
      dpop: {},
    })
    const authorizedFetch = createAuthorizedFetch({
      client,
      tokens: { getTokens: () => client.clientCredentials() },
      allowedOrigins: [resource],
      fetch: (url, init) => fetch(url.replace(resource, `http://127.0.0.1:${api.host.port}`), init),
    })
    expect((await authorizedFetch(`${resource}/me`)).status).toBe(200)
  })
})
