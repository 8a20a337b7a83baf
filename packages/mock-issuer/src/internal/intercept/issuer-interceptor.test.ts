import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

// These tests are about the global fetch: each puts its own in the place of the network, and finds it there afterwards.
const network = globalThis.fetch
const reached: string[] = []
const standIn: typeof fetch = async (input) => {
  reached.push(input instanceof Request ? `${input.method} ${input.url}` : `${String(input)}`)
  return new Response('elsewhere')
}

beforeEach(() => {
  reached.length = 0
  globalThis.fetch = standIn
})

afterEach(() => {
  globalThis.fetch = network
})

async function issuerAt(name: string): Promise<MockIssuer> {
  return createMockIssuer({ issuer: name })
}

test('answers requests to the issuer in process, and sends all others where they would have gone', async () => {
  const issuer = await issuerAt('https://login.example.com/one')
  using _ = issuer.interceptFetch()

  expect(await (await fetch('https://login.example.com/one/jwks')).json()).toEqual(await issuer.jwks())
  expect((await fetch(new URL('https://login.example.com/.well-known/oauth-authorization-server/one'))).status).toBe(200)
  for (const url of ['https://login.example.com/onetwo', 'https://login.example.com/', 'http://login.example.com/one/jwks'])
    await fetch(url)
  await fetch(new Request('https://api.example.com/', { method: 'POST' }))
  expect(reached).toEqual([
    'https://login.example.com/onetwo',
    'https://login.example.com/',
    'http://login.example.com/one/jwks',
    'POST https://api.example.com/',
  ])
})

test('passes on what is no absolute URL, as it is', async () => {
  using _ = (await issuerAt('https://login.example.com')).interceptFetch()
  await fetch('/relative')

  expect(reached).toEqual(['/relative'])
})

test('puts the fetch of before back, once', async () => {
  const interception = (await issuerAt('https://login.example.com')).interceptFetch()
  expect([globalThis.fetch === standIn, interception.onTop]).toEqual([false, true])
  interception.restore()
  expect([globalThis.fetch === standIn, interception.onTop]).toEqual([true, false])
  globalThis.fetch = network
  interception.restore()
  expect(globalThis.fetch).toBe(network)
})

test('lets several issuers be reached by their names, and end in any order', async () => {
  const [one, two] = [await issuerAt('https://login.example.com/one'), await issuerAt('https://login.example.com/two')]
  const [first, second] = [one.interceptFetch(), two.interceptFetch()]
  const jwks = async (path: string): Promise<unknown> => (await fetch(`https://login.example.com/${path}/jwks`)).text()

  expect([await jwks('one'), await jwks('two')]).toEqual([JSON.stringify(await one.jwks()), JSON.stringify(await two.jwks())])
  first.restore()
  expect([await jwks('one'), await jwks('two')]).toEqual(['elsewhere', JSON.stringify(await two.jwks())])
  second.restore()
  expect(globalThis.fetch).toBe(standIn)
})

test('takes the newer one of two issuers of the same name', async () => {
  const [older, newer] = [await issuerAt('https://login.example.com'), await issuerAt('https://login.example.com')]
  using _ = older.interceptFetch()
  {
    using inner = newer.interceptFetch()
    await fetch('https://login.example.com/jwks')
    expect(inner.onTop).toBe(true)
  }
  await fetch('https://login.example.com/jwks')

  expect([older.requests.length, newer.requests.length]).toEqual([1, 1])
})

test('leaves alone what something else has put on top, and is transparent beneath it', async () => {
  const interception = (await issuerAt('https://login.example.com')).interceptFetch()
  const beneath = globalThis.fetch
  const patched: typeof fetch = (input, init) => beneath(input, init)
  globalThis.fetch = patched

  expect(interception.onTop).toBe(false)
  interception.restore()
  expect(globalThis.fetch).toBe(patched)
  expect(await (await fetch('https://login.example.com/jwks')).text()).toBe('elsewhere')
})

test('ends with its issuer', async () => {
  const issuer = await issuerAt('https://login.example.com')
  issuer.interceptFetch()
  issuer.interceptFetch()
  await issuer[Symbol.asyncDispose]()

  expect(globalThis.fetch).toBe(standIn)
})

test('meets faults as a network would have them', async () => {
  const issuer = await issuerAt('https://login.example.com')
  using _ = issuer.interceptFetch()
  issuer.faults.add({ endpoint: 'jwks', kind: 'reset' })

  await expect(fetch('https://login.example.com/jwks')).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
  await expect(fetch('https://login.example.com/token', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
})

const authorize = 'https://login.example.com/authorize?client_id=app&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback'

test('follows a redirect of the issuer to the network, unless told otherwise', async () => {
  using _ = (await issuerAt('https://login.example.com')).interceptFetch()
  const followed = await fetch(authorize)

  expect([await followed.text(), followed.redirected, reached.length]).toEqual(['elsewhere', true, 1])
  expect(reached[0]).toMatch(/^GET https:\/\/app\.example\.com\/callback\?error=/)
  const manual = await fetch(authorize, { redirect: 'manual' })
  expect([manual.status, manual.redirected, manual.url]).toEqual([303, false, authorize])
  await expect(fetch(authorize, { redirect: 'error' })).rejects.toThrow(TypeError)
})

test('follows a redirect of the issuer to itself', async () => {
  const issuer = await issuerAt('https://login.example.com')
  using _ = issuer.interceptFetch()
  issuer.faults.add({ endpoint: 'openid-configuration', kind: 'redirect', location: '../jwks' })
  const response = await fetch('https://login.example.com/.well-known/openid-configuration')

  expect(await response.json()).toEqual(await issuer.jwks())
  expect([response.url, response.redirected]).toEqual(['https://login.example.com/jwks', true])
})

test('keeps every spelling of the issuer’s URL from the network, and what is not found there too', async () => {
  using _ = (await issuerAt('https://login.example.com/mock-issuer')).interceptFetch()
  const base = 'https://login.example.com'
  const statuses = new Map<string, number>()
  for (const path of [
    '/mock-issuer',
    '/mock-issuer?access_token=secret',
    '/mock-issuer/',
    '/.well-known/openid-configuration/mock-issuer',
    '/.well-known/openid-configuration/mock-issuer?x=1',
    '/.well-known/%6fpenid-configuration/mock-issuer',
    '/%6Dock-issuer/token',
    '/mock%2Dissuer',
    '/mock-issuer%2Ftoken',
    '/mock-issuer%2Ftoken%',
  ])
    statuses.set(path, (await fetch(base + path)).status)

  expect(reached).toEqual([])
  expect(new Set(statuses.values())).toEqual(new Set([404]))
})

test('leaves the neighbours of an issuer to the network', async () => {
  using _ = (await issuerAt('https://login.example.com/mock-issuer')).interceptFetch()
  const paths = ['/mock-issuers', '/mock-issuer%20', '/.well-known/openid-configuration', '/.well-known/openid-configuration/other', '/%']
  for (const path of paths) await fetch(`https://login.example.com${path}`)

  expect(reached).toEqual(paths.map((path) => `https://login.example.com${path}`))
})
