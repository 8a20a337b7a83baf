import { describe, expect, it, vi } from 'vitest'
import { failure, never, run, url, watchedBody } from '../test/bounded-fetch-driver.js'
import { fakeTimers } from '../test/fake-timers.js'
import { ConfigurationError } from './error.js'
import type { Fetch } from './fetch.js'

fakeTimers()

describe('what is sent', () => {
  it('asks with the given headers, without following redirects', async () => {
    const fetch = vi.fn<Fetch>(async () => new Response('{}'))
    await run(fetch, { headers: { 'If-None-Match': '"1"', Accept: 'text/html' } })
    const [sentUrl, init] = fetch.mock.calls[0] ?? []
    expect(sentUrl).toBe(url)
    expect(init).toMatchObject({ method: 'GET', redirect: 'manual' })
    expect([...new Headers(init?.headers)]).toEqual([
      ['accept', 'application/json'],
      ['if-none-match', '"1"'],
    ])
    expect(init?.signal).toBeInstanceOf(AbortSignal)
  })

  it('posts a body', async () => {
    const fetch = vi.fn<Fetch>(async () => new Response('{}'))
    await run(fetch, { method: 'POST', body: 'token=x' })
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: 'token=x' })
  })

  it('calls fetch as a function, since browsers refuse it as a method', async () => {
    const seen: unknown[] = []
    await run(async function (this: unknown) {
      seen.push(this)
      return new Response('{}')
    })
    expect(seen).toEqual([undefined])
  })

  it.each(['http://login.example.com/', 'http://localhost.evil.example/?s3cret', 'https://john:s3cret@example.com', 's3cret', ''])(
    'sends nothing to %s',
    async (insecure) => {
      const fetch = vi.fn<Fetch>()
      const error = await failure(run(fetch, { url: insecure }))
      expect(error.code).toBe('insecure_url')
      expect(error.message).not.toContain('s3cret')
      expect(fetch).not.toHaveBeenCalled()
    },
  )

  it('names a header that cannot be sent, and not its value', async () => {
    const fetch = vi.fn<Fetch>()
    const promise = run(fetch, { headers: { Authorization: 'Basic s3cret\r\nX: y' } })
    await expect(promise).rejects.toThrow(ConfigurationError)
    await expect(promise).rejects.toThrow(/^(?!.*s3cret).*"Authorization"/)
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each([0, -1, Number.NaN])('refuses a timeout of %d ms', async (timeoutMs) => {
    await expect(run(never, { timeoutMs })).rejects.toThrow('timeoutMs must be a positive number')
  })
})

describe('what comes back', () => {
  it.each([200, 201, 400, 404, 500, 503])('leaves the status %d to the caller', async (status) => {
    const response = await run(async () => new Response('text', { status, headers: { 'x-a': 'b' } }))
    expect(response).toMatchObject({ status, text: 'text' })
    expect(response.headers.get('x-a')).toBe('b')
  })

  it('passes on 304 and 204, which have no body, whatever length they declare', async () => {
    const headers = { 'content-length': '5000' }
    expect(await run(async () => new Response(null, { status: 304, headers }))).toMatchObject({ status: 304, text: '' })
    expect(await run(async () => new Response(null, { status: 204 }))).toMatchObject({ status: 204, text: '' })
  })

  it.each([300, 301, 302, 303, 305, 307, 308, 399])('refuses the redirect %d and cancels its body', async (status) => {
    const body = watchedBody([new Uint8Array(1)])
    const error = await failure(run(async () => new Response(body.stream, { status, headers: { location: 'https://evil.example' } })))
    expect(error).toMatchObject({ code: 'redirected', status })
    expect(error.message).toContain('login.example.com')
    expect(body).toMatchObject({ pulled: 0, cancelled: true })
  })

  it("refuses a browser's opaque redirect", async () => {
    const opaque = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
    expect((await failure(run(async () => opaque))).code).toBe('redirected')
  })

  it('refuses the answer of a fetch that followed a redirect in spite of us', async () => {
    const followed = Object.defineProperty(new Response('{}'), 'redirected', { value: true })
    expect((await failure(run(async () => followed))).code).toBe('redirected')
  })

  it('takes an error response for a network fault', async () => {
    expect((await failure(run(async () => Response.error()))).code).toBe('network')
  })

  it.each([
    ['rejects', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'throws',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
  ] satisfies [string, Fetch][])('takes a fetch that %s for a network fault, and keeps the cause', async (_, fetch) => {
    const error = await failure(run(fetch))
    expect(error).toMatchObject({ code: 'network', cause: new TypeError('fetch failed'), status: undefined })
    expect(error.message).toBe('The request to login.example.com failed.')
  })

  it('takes a body that breaks off for a network fault', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('reset'))
      },
    })
    expect(await failure(run(async () => new Response(stream)))).toMatchObject({ code: 'network', cause: new Error('reset') })
  })

  it('takes a body that was read before for a network fault', async () => {
    const response = new Response('{}')
    await response.text()
    expect((await failure(run(async () => response))).code).toBe('network')
  })
})

describe('the text', () => {
  it.each([
    ['a lone continuation byte', [0x80]],
    ['a cut sequence', [0x22, 0xe2, 0x82]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
  ])('refuses %s as not UTF-8', async (_, bytes) => {
    const error = await failure(run(async () => new Response(new Uint8Array(bytes), { status: 503 })))
    expect(error).toMatchObject({ code: 'not_utf8', status: 503 })
  })

  it('drops one byte order mark, and keeps a character that is split between chunks whole', async () => {
    const chunks = [new Uint8Array([0xef, 0xbb]), new Uint8Array([0xbf, 0xe2]), new Uint8Array([0x82, 0xac])]
    expect((await run(async () => new Response(watchedBody(chunks).stream))).text).toBe('€')
    const marks = new Uint8Array([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf])
    expect((await run(async () => new Response(marks))).text).toBe('\uFEFF')
  })
})
