import { afterEach, describe, expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { Fault } from '../../fault.js'
import type { MockIssuer } from '../../mock-issuer.js'

const open: MockIssuer[] = []

afterEach(async () => {
  for (const issuer of open.splice(0)) await issuer[Symbol.asyncDispose]()
})

interface Way {
  readonly issuer: MockIssuer
  readonly fetch: typeof globalThis.fetch
}

/** Each fault is seen both ways: without a socket, and as Node's `fetch` sees it over one. */
const ways: readonly (readonly [string, () => Promise<Way>])[] = [
  [
    'in process',
    async () => {
      const issuer = await createMockIssuer()
      open.push(issuer)
      return { issuer, fetch: issuer.fetch }
    },
  ],
  [
    'over a socket',
    async () => {
      const issuer = await createMockIssuer()
      open.push(issuer)
      await issuer.listen()
      return { issuer, fetch }
    },
  ],
]

const service = { client_id: 'service', client_secret: 'service-secret' }

function tokenRequest(): RequestInit {
  return { method: 'POST', body: new URLSearchParams({ ...service, grant_type: 'client_credentials' }) }
}

describe.each(ways)('a fault, %s,', (_, enter) => {
  /** An issuer with one fault, and the answer of the endpoint that has it. */
  async function meet(fault: Fault, path = '/jwks', init: RequestInit = {}): Promise<{ issuer: MockIssuer; response: Promise<Response> }> {
    const { issuer, fetch } = await enter()
    issuer.faults.add(fault)
    return { issuer, response: fetch(issuer.issuer + path, init) }
  }

  test('delays the answer', async () => {
    const begun = performance.now()
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'delay', delayMs: 40 })
    expect(await (await response).json()).toEqual(await issuer.jwks())
    expect(performance.now() - begun).toBeGreaterThan(35)
  })

  test('holds the answer until the fault is removed', async () => {
    const { issuer, fetch } = await enter()
    const fault = issuer.faults.add({ endpoint: 'jwks', kind: 'hang', times: 1 })
    const held = fetch(`${issuer.issuer}/jwks`)
    await issuer.waitForRequest({ fault: 'hang', status: undefined })
    expect((await fetch(`${issuer.issuer}/jwks`)).status).toBe(200)
    fault.remove()
    expect((await held).status).toBe(200)
  })

  test('stops holding a request whose client goes away', async () => {
    const { issuer, fetch } = await enter()
    issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
    const client = new AbortController()
    const held = fetch(`${issuer.issuer}/jwks`, { signal: client.signal })
    await issuer.waitForRequest({ fault: 'hang' })
    client.abort()
    await expect(held).rejects.toMatchObject({ name: 'AbortError' })
    expect(issuer.requests[0]?.status).toBe(undefined)
  })

  test('resets the connection', async () => {
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'reset' })
    await expect(response).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } })
    expect(issuer.requests).toMatchObject([{ fault: 'reset', status: undefined }])
  })

  test('answers with a status, a body and Retry-After', async () => {
    const fault = { endpoint: 'token', kind: 'status', status: 503, body: { error: 'busy' }, retryAfterSeconds: 7 } as const
    const response = await (await meet(fault, '/token', tokenRequest())).response
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7'])
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ error: 'busy' })
  })

  test('redirects', async () => {
    const fault = { endpoint: 'jwks', kind: 'redirect', location: 'https://elsewhere.example.com/', status: 307 } as const
    const response = await (await meet(fault, '/jwks', { redirect: 'manual' })).response
    expect([response.status, response.headers.get('location')]).toEqual([307, 'https://elsewhere.example.com/'])
  })

  test('announces more than it sends', async () => {
    const { issuer, response: pending } = await meet({ endpoint: 'jwks', kind: 'truncated' })
    const response = await pending
    const { length } = JSON.stringify(await issuer.jwks())
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(length)])
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value?.length).toBe(Math.floor(length / 2))
    await expect(reader?.read()).rejects.toMatchObject({ name: 'TypeError', message: 'terminated' })
  })

  test('cuts the document, and calls it complete', async () => {
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'truncated', how: 'body-cut', keepBytes: 9 })
    expect(await (await response).text()).toBe(JSON.stringify(await issuer.jwks()).slice(0, 9))
  })

  test('keeps no more than all but one byte', async () => {
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'truncated', how: 'body-cut', keepBytes: 1_000_000 })
    expect(await (await response).text()).toBe(JSON.stringify(await issuer.jwks()).slice(0, -1))
  })

  test('calls the document something else', async () => {
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'wrong-content-type' })
    expect((await response).headers.get('content-type')).toBe('text/html')
    expect(await (await response).json()).toEqual(await issuer.jwks())
  })

  test('sends too much of valid JSON', async () => {
    const { issuer, response } = await meet({ endpoint: 'jwks', kind: 'huge', bytes: 300_000 })
    expect((await response).headers.get('content-length')).toBe(null)
    const text = await (await response).text()
    expect([text.length, JSON.parse(text)]).toEqual([300_000, await issuer.jwks()])
  })

  test('sends 64 MB unless told otherwise, and stops when nobody reads any more', async () => {
    const { response } = await meet({ endpoint: 'jwks', kind: 'huge' })
    let length = 0
    for await (const chunk of (await response).body ?? []) {
      length += chunk.length
      if (length > 1_000_000) break
    }
    expect(length).toBeLessThan(5_000_000)
  })

  test('sends a few bytes at a time, and the rest at once when the fault is removed', async () => {
    const { issuer, fetch } = await enter()
    const fault = issuer.faults.add({ endpoint: 'jwks', kind: 'drip', bytesPerInterval: 3, intervalMs: 5 })
    const response = await fetch(`${issuer.issuer}/jwks`)
    const reader = response.body?.getReader()
    const first = [(await reader?.read())?.value?.length, (await reader?.read())?.value?.length]
    expect(first).toEqual([3, 3])
    fault.remove()
    let length = 6
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) length += read.value.length
    expect(length).toBe(JSON.stringify(await issuer.jwks()).length)
  })

  test('stops dripping when the request is aborted', async () => {
    const { issuer, fetch } = await enter()
    issuer.faults.add({ endpoint: 'jwks', kind: 'drip', intervalMs: 60_000 })
    const client = new AbortController()
    const response = await fetch(`${issuer.issuer}/jwks`, { signal: client.signal })
    const text = response.text()
    client.abort()
    await expect(text).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('sends what is no JSON', async () => {
    const { response } = await meet({ endpoint: 'openid-configuration', kind: 'malformed-json' }, '/.well-known/openid-configuration')
    expect((await response).headers.get('content-type')).toBe('application/json')
    await expect((await response).json()).rejects.toThrow(SyntaxError)
  })

  test('sends the text that is given in place of JSON', async () => {
    const { response } = await meet({ endpoint: 'jwks', kind: 'malformed-json', body: '<html>' })
    expect(await (await response).text()).toBe('<html>')
  })
})
