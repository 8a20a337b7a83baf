import type { Fetch } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../test/fake-clock.js'
import { outcome } from '../../../test/verdict.js'
import { locateIntrospectionEndpoint } from './introspection-endpoint.js'

const issuer = 'https://login.example.com'
const introspection = `${issuer}/introspect`

function locatorFor(metadata: object | undefined, options: { usesMtls?: boolean } = {}) {
  const clock = createFakeClock()
  const server = { metadata, asked: 0 }
  const fetch: Fetch = () => {
    server.asked += 1
    return Promise.resolve(server.metadata === undefined ? new Response('', { status: 503 }) : Response.json(server.metadata))
  }
  const settings = { issuer, endpoint: undefined, usesMtls: false, fetch, timeoutMs: 100, now: clock.now }
  const locate = locateIntrospectionEndpoint({ ...settings, ...options })
  return { clock, server, locate: async () => locate() }
}

describe('the introspection endpoint', () => {
  it('is what the metadata say, which are kept', async () => {
    const { locate, server, clock } = locatorFor({ issuer, introspection_endpoint: introspection })
    expect([await locate(), await locate()]).toEqual([introspection, introspection])
    expect(server.asked).toBe(1)
    server.metadata = { issuer, introspection_endpoint: `${issuer}/moved` }
    await clock.advance(600_000)
    expect(await locate()).toBe(`${issuer}/moved`)
  })

  it('outlives an outage of the metadata', async () => {
    const { locate, server, clock } = locatorFor({ issuer, introspection_endpoint: introspection })
    await locate()
    server.metadata = undefined
    await clock.advance(1_000_000)
    expect(await locate()).toBe(introspection)
  })

  it.each([
    ['cannot be had', undefined],
    ['are those of another issuer', { issuer: 'https://other.example.com', introspection_endpoint: introspection }],
    ['do not have it', { issuer }],
    ['have it without TLS', { issuer, introspection_endpoint: 'http://login.example.com/introspect' }],
    ['have it on this machine', { issuer, introspection_endpoint: 'http://localhost/introspect' }],
  ])('is not known while the metadata %s', async (_, metadata) => {
    const { locate } = locatorFor(metadata)
    expect(await outcome(locate())).toBe('unavailable introspection_unavailable')
  })

  it('is asked for once a second at most during an outage', async () => {
    const { locate, server, clock } = locatorFor(undefined)
    for (let count = 0; count < 10; count += 1) expect(await outcome(locate())).toBe('unavailable introspection_unavailable')
    expect(server.asked).toBe(1)
    server.metadata = { issuer, introspection_endpoint: introspection }
    await clock.advance(2000)
    expect(await locate()).toBe(introspection)
  })

  it('is the alias for clients with certificates, if there is one, and nothing in its place', async () => {
    const aliased = `${issuer}/mtls/introspect`
    const found = async (aliases: unknown, usesMtls = true) => {
      const metadata = { issuer, introspection_endpoint: introspection, mtls_endpoint_aliases: aliases }
      return locatorFor(metadata, { usesMtls }).locate()
    }
    expect(await found({ introspection_endpoint: aliased })).toBe(aliased)
    expect(await found({ introspection_endpoint: aliased }, false)).toBe(introspection)
    for (const alias of ['http://localhost/x', 'http://login.example.com/x', `${aliased}#x`, 'mtls', 7, null]) {
      expect(await outcome(found({ introspection_endpoint: alias }))).toBe('unavailable introspection_unavailable')
      expect(await found({ introspection_endpoint: alias }, false)).toBe(introspection)
    }
    for (const aliases of [undefined, null, [aliased], 'x', {}]) expect(await found(aliases)).toBe(introspection)
  })
})
