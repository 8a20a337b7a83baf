import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { fakeTimers } from '../test/fake-timers.js'
import { DiscoveryError } from './discovery-error.js'
import { type DiscoveryInput, discoverServer } from './discovery.js'
import { ConfigurationError } from './error.js'
import type { Fetch } from './fetch.js'

const issuer = 'https://login.example.com/tenant'
const oidc = `${issuer}/.well-known/openid-configuration`
const oauth = 'https://login.example.com/.well-known/oauth-authorization-server/tenant'
const oidcInserted = 'https://login.example.com/.well-known/openid-configuration/tenant'

type Page = Response | Error | (() => Promise<Response>)

/** A network that has these pages and answers 404 for every other, and a record of what was asked. */
function network(pages: Record<string, Page>): { fetch: Fetch; asked: string[] } {
  const asked: string[] = []
  const fetch: Fetch = async (url) => {
    asked.push(url)
    const page = pages[url]
    if (page instanceof Error) throw page
    return typeof page === 'function' ? page() : (page ?? new Response('not found', { status: 404 }))
  }
  return { fetch, asked }
}

function json(document: unknown, init: ResponseInit = {}): Response {
  return Response.json(document, init)
}

async function failure(input: DiscoveryInput): Promise<DiscoveryError> {
  const error = await discoverServer(input).then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DiscoveryError)
  return error as DiscoveryError
}

fakeTimers()

describe('the places', () => {
  it('are asked in the order OpenID Connect, RFC 8414, RFC 8414 with the name of the former', async () => {
    const { fetch, asked } = network({ [oidcInserted]: json({ issuer }) })
    expect(await discoverServer({ issuer, fetch })).toEqual({ issuer })
    expect(asked).toEqual([oidc, oauth, oidcInserted])
  })

  it('are not asked further than the first document', async () => {
    const { fetch, asked } = network({ [oidc]: json({ issuer, jwks_uri: `${issuer}/jwks` }), [oauth]: json({ issuer }) })
    expect(await discoverServer({ issuer, fetch })).toEqual({ issuer, jwks_uri: `${issuer}/jwks` })
    expect(asked).toEqual([oidc])
  })

  it('are two for an issuer without a path', async () => {
    const { fetch, asked } = network({})
    await failure({ issuer: 'https://login.example.com', fetch })
    expect(asked).toEqual([
      'https://login.example.com/.well-known/openid-configuration',
      'https://login.example.com/.well-known/oauth-authorization-server',
    ])
  })

  it('leave out the slash at the end of an issuer, which still counts when issuers are compared', async () => {
    const withSlash = network({ [oidc]: json({ issuer: `${issuer}/` }) })
    expect(await discoverServer({ issuer: `${issuer}/`, fetch: withSlash.fetch })).toEqual({ issuer: `${issuer}/` })
    const rootWithSlash = network({})
    await failure({ issuer: 'https://login.example.com/', fetch: rootWithSlash.fetch })
    expect(rootWithSlash.asked).toEqual([
      'https://login.example.com/.well-known/openid-configuration',
      'https://login.example.com/.well-known/oauth-authorization-server',
    ])
  })

  it.each([
    ['400', new Response('', { status: 400 })],
    ['401', new Response('', { status: 401 })],
    ['403', new Response('', { status: 403 })],
    ['410', new Response('', { status: 410 })],
    ['204', new Response(null, { status: 204 })],
    ['201 with a document', json({ issuer, jwks_uri: `${issuer}/jwks` }, { status: 201 })],
    ['206 with a document', json({ issuer, jwks_uri: `${issuer}/jwks` }, { status: 206 })],
    ['404 in another encoding', new Response(new Uint8Array([0xe9]), { status: 404 })],
    ['404 with a page of 10 MB', new Response('x'.repeat(10_000_000), { status: 404 })],
    ['a redirect to a login page', new Response('', { status: 302, headers: { location: '/login' } })],
    ['the page of a web app', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['a document without a type', new Response(new TextEncoder().encode('{}'))],
  ])('are skipped when they answer with %s', async (_, page) => {
    const { fetch, asked } = network({ [oidc]: page, [oauth]: json({ issuer }) })
    expect(await discoverServer({ issuer, fetch })).toEqual({ issuer })
    expect(asked).toEqual([oidc, oauth])
  })

  it('are all named, with what they answered, when there is nothing at any', async () => {
    const html = new Response('<html>', { headers: { 'content-type': 'text/html' } })
    const redirect = new Response('', { status: 301, headers: { location: 'https://evil.example' } })
    const error = await failure({ issuer, fetch: network({ [oauth]: html, [oidcInserted]: redirect }).fetch })
    expect(error.code).toBe('metadata_unavailable')
    expect(error.message).toBe(
      `No server metadata for issuer ${issuer}. Asked: ${oidc} (status 404), ${oauth} (not application/json), ` +
        `${oidcInserted} (redirects). Check the issuer: it is the "iss" of the server's tokens.`,
    )
  })
})

describe('an outage', () => {
  it.each([
    ['500', new Response('', { status: 500 })],
    ['502 in HTML', new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } })],
    ['503', new Response('', { status: 503 })],
    ['503 in another encoding', new Response(new Uint8Array([0xe9]), { status: 503 })],
    ['429', new Response('', { status: 429 })],
    ['408', new Response('', { status: 408 })],
    ['a 500 with a good document', json({ issuer }, { status: 500 })],
    ['a network fault', new TypeError('fetch failed')],
  ])('ends discovery: %s', async (_, page) => {
    const { fetch, asked } = network({ [oidc]: page, [oauth]: json({ issuer }) })
    const error = await failure({ issuer, fetch })
    expect(error.code).toBe('metadata_unavailable')
    expect(error.message).toContain('login.example.com')
    expect(asked).toEqual([oidc])
  })

  it('keeps its cause', async () => {
    const error = await failure({ issuer, fetch: network({ [oidc]: new TypeError('fetch failed') }).fetch })
    expect(error.cause).toMatchObject({ name: 'FetchError', code: 'network', cause: new TypeError('fetch failed') })
  })

  it('is also no answer in time, all places together', async () => {
    const slow404 = () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response('', { status: 404 })), 400))
    const { fetch, asked } = network({ [oidc]: slow404, [oauth]: slow404, [oidcInserted]: slow404 })
    const promise = failure({ issuer, fetch, timeoutMs: 1000 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(await promise).toMatchObject({ code: 'metadata_unavailable', message: `Discovery of ${issuer} did not finish within 1000 ms.` })
    expect(asked).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(1000)
  })

  it('gives up after 5 seconds by default', async () => {
    const promise = failure({ issuer, fetch: () => new Promise(() => {}) })
    await vi.advanceTimersByTimeAsync(4999)
    expect(vi.getTimerCount()).toBe(2)
    await vi.advanceTimersByTimeAsync(1)
    expect((await promise).code).toBe('metadata_unavailable')
  })

  it("is the caller's own doing when the signal is aborted", async () => {
    const error = await failure({ issuer, fetch: () => new Promise(() => {}), signal: AbortSignal.abort('closing') })
    expect(error).toMatchObject({ code: 'metadata_unavailable', cause: 'closing' })
  })
})

describe('the document', () => {
  const text = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'application/json' } })

  it.each([
    ['broken JSON', text('{"issuer":')],
    ['an HTML page that claims to be JSON', text('<html>')],
    ['an empty text', text('')],
    ['a list', json([{ issuer }])],
    ['null', json(null)],
    ['an object without issuer', json({ jwks_uri: `${issuer}/jwks` })],
    ['an issuer that is no text', json({ issuer: { value: issuer } })],
    ['deep nesting', text(`{"issuer":"${issuer}","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    ['10 MB', text(JSON.stringify({ issuer, x: 'x'.repeat(10_000_000) }))],
    ['bytes that are not UTF-8', text(new Uint8Array([0x7b, 0xff, 0x7d]))],
  ])('is invalid when it is %s', async (_, page) => {
    const { fetch, asked } = network({ [oidc]: page, [oauth]: json({ issuer }) })
    expect((await failure({ issuer, fetch })).code).toBe('metadata_invalid')
    expect(asked).toEqual([oidc])
  })

  it('may have 256 KiB and no more by default, or what is set', async () => {
    const page = (size: number) => network({ [oidc]: text(JSON.stringify({ issuer }).padEnd(size)) }).fetch
    expect(await discoverServer({ issuer, fetch: page(262_144) })).toEqual({ issuer })
    expect((await failure({ issuer, fetch: page(262_145) })).code).toBe('metadata_invalid')
    expect((await failure({ issuer, fetch: page(101), maxBytes: 100 })).code).toBe('metadata_invalid')
  })

  it.each([
    ['a trailing slash', 'https://login.example.com/tenant/'],
    ['upper case', 'https://LOGIN.example.com/tenant'],
    ['a port that goes without saying', 'https://login.example.com:443/tenant'],
    ['an escape', 'https://login.example.com/%74enant'],
    ['another tenant', 'https://login.example.com/tenant2'],
    ['letters of another width', 'https://login.example.com/\uff54enant'],
    ['another host', 'https://evil.example'],
    ['a placeholder', 'https://login.example.com/{tenantid}'],
  ])('is that of another issuer if it differs by %s, and the error names both', async (_, published) => {
    const { fetch, asked } = network({ [oidc]: json({ issuer: published }), [oauth]: json({ issuer }) })
    const error = await failure({ issuer, fetch })
    expect(error.code).toBe('issuer_mismatch')
    expect(error.message).toContain(JSON.stringify(published))
    expect(error.message).toContain(JSON.stringify(issuer))
    expect(asked).toEqual([oidc])
  })

  it('cannot fill the log by way of its issuer', async () => {
    const error = await failure({ issuer, fetch: network({ [oidc]: json({ issuer: `\n${'x'.repeat(100_000)}` }) }).fetch })
    expect(error.message.length).toBeLessThan(1500)
    expect(error.message).not.toContain('\n')
  })

  it('may have broken members that nobody requires', async () => {
    const { fetch } = network({ [oidc]: json({ issuer, jwks_uri: `${issuer}/jwks`, userinfo_endpoint: 'http://evil.example' }) })
    expect(await discoverServer({ issuer, fetch, required: ['jwks_uri'] })).toEqual({ issuer, jwks_uri: `${issuer}/jwks` })
  })

  it('is invalid without a required member, and the error says which', async () => {
    const missing = discoverServer({ issuer, fetch: network({ [oidc]: json({ issuer }) }).fetch, required: ['jwks_uri'] })
    await expect(missing).rejects.toMatchObject({
      code: 'metadata_invalid',
      message: expect.stringContaining('"jwks_uri" is missing') as string,
    })
    const insecure = network({ [oidc]: json({ issuer, jwks_uri: 'http://login.example.com/jwks' }) })
    const broken = discoverServer({ issuer, fetch: insecure.fetch, required: ['jwks_uri'] })
    await expect(broken).rejects.toMatchObject({ code: 'metadata_invalid', message: expect.stringContaining('must be https') as string })
  })

  it('has required members in its type', async () => {
    const { fetch } = network({ [oidc]: json({ issuer, jwks_uri: `${issuer}/jwks` }) })
    const server = await discoverServer({ issuer, fetch, required: ['jwks_uri'] })
    expectTypeOf(server.jwks_uri).toEqualTypeOf<string>()
    expectTypeOf(server.token_endpoint).toEqualTypeOf<string | undefined>()
    expect(server.jwks_uri).toBe(`${issuer}/jwks`)
  })
})

describe('the issuer', () => {
  it.each(['http://login.example.com', 'https://login.example.com?a', 'https://login.example.com#a', 'login.example.com', ''])(
    'must not be %j, and nothing is asked',
    async (wrong) => {
      const { fetch, asked } = network({})
      await expect(discoverServer({ issuer: wrong, fetch })).rejects.toThrow(ConfigurationError)
      expect(asked).toEqual([])
    },
  )
})
