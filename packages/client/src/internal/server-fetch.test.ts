import type { Fetch } from '@bailiwick/protocol'
import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.js'
import { createServerFetch } from './server-fetch.js'

const now = Date.UTC(2026, 0, 1, 12)
const url = 'https://login.example.com/token'

function serverFetch(fetch: Fetch, timeoutMs = 1000) {
  const clock = createServerClock(() => now)
  const ask = createServerFetch({ fetch, timeoutMs, clock })
  return {
    clock,
    ask: (to = url, more: { signal?: AbortSignal; method?: 'GET' | 'POST' | 'PUT'; body?: URLSearchParams } = {}) =>
      ask(to, { method: 'POST', headers: {}, redirect: 'manual', body: undefined, ...more }),
  }
}

test('hands on what is an answer, status and all, and learns its time', async () => {
  const headers = { date: new Date(now + 600_000).toUTCString() }
  const { ask, clock } = serverFetch(async () => Response.json({ error: 'invalid_grant' }, { status: 400, headers }))
  const answer = await ask()
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }])
  expect(clock.aheadMs()).toBe(600_000)
})

test('sends the method, the headers and the form', async () => {
  const sent: RequestInit[] = []
  const { ask } = serverFetch(async (_, init) => {
    sent.push(init)
    return new Response(null, { status: 204 })
  })
  expect((await ask(url, { body: new URLSearchParams({ a: 'b c' }) })).status).toBe(204)
  expect(sent).toMatchObject([{ method: 'POST', body: 'a=b+c', redirect: 'manual' }])
})

test.each([500, 502, 503, 504, 599, 429, 408])('takes %i for an outage, whatever the body', async (status) => {
  const { ask } = serverFetch(async () => Response.json({ error: 'invalid_grant' }, { status }))
  await expect(ask()).rejects.toMatchObject({
    code: 'server_unavailable',
    retryAfterSeconds: 1,
    message: `login.example.com answered ${status}.`,
  })
})

test('honours Retry-After, in seconds and as a date', async () => {
  const { ask } = serverFetch(async () => new Response(null, { status: 503, headers: { 'retry-after': '17' } }))
  await expect(ask()).rejects.toMatchObject({ retryAfterSeconds: 17 })
  const date = serverFetch(
    async () => new Response(null, { status: 429, headers: { 'retry-after': new Date(now + 90_000).toUTCString() } }),
  )
  await expect(date.ask()).rejects.toMatchObject({ retryAfterSeconds: 90 })
})

test.each([
  ['a failure of the network', async () => Promise.reject(new TypeError('fetch failed'))],
  ['no answer in time', () => new Promise<never>(() => {})],
  ['a body that breaks off', async () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }))],
  ['an error page that is too large', async () => new Response('x'.repeat(2_000_000), { status: 502 })],
  ['an error page that is no text', async () => new Response(new Uint8Array([0xff]), { status: 500 })],
  ['a time-out that is no text', async () => new Response(new Uint8Array([0xff]), { status: 408 })],
])('takes %s for an outage', async (_, fetch: Fetch) => {
  await expect(serverFetch(fetch, 20).ask()).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 1 })
})

test('says by what the network failed, and repeats no message', async () => {
  const refused = new AggregateError([Object.assign(new Error('connect to 10.0.0.1 with secret'), { code: 'ECONNREFUSED' })])
  const { ask } = serverFetch(async () => Promise.reject(new TypeError('fetch failed', { cause: refused })))
  await expect(ask()).rejects.toMatchObject({ message: 'The request to login.example.com failed (ECONNREFUSED).' })
  const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' })
  const overTls = serverFetch(async () => Promise.reject(new TypeError('fetch failed', { cause: expired })))
  await expect(overTls.ask()).rejects.toMatchObject({ message: 'The request to login.example.com failed (CERT_HAS_EXPIRED).' })
})

test.each([
  ['a redirect', async () => Response.redirect('https://attacker.example/', 307)],
  ['an answer that is too large', async () => new Response('x'.repeat(1_048_577))],
  ['an answer that is no text', async () => new Response(new Uint8Array([0xff]))],
])('takes %s for an answer that cannot be used', async (_, fetch: Fetch) => {
  await expect(serverFetch(fetch).ask()).rejects.toMatchObject({ code: 'response_invalid' })
})

test('asks nobody over plain http but this machine', async () => {
  const asked: string[] = []
  const { ask } = serverFetch(async (to) => {
    asked.push(to)
    return new Response('{}')
  })
  await expect(ask('http://login.example.com/token')).rejects.toMatchObject({ code: 'response_invalid' })
  await ask('http://127.0.0.1:9000/token')
  expect(asked).toEqual(['http://127.0.0.1:9000/token'])
})

test('is aborted by the caller, before and while it asks', async () => {
  const { ask } = serverFetch(() => new Promise<never>(() => {}))
  await expect(ask(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  const controller = new AbortController()
  const asked = ask(url, { signal: controller.signal })
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

test('makes no other requests than those that are foreseen', async () => {
  await expect(serverFetch(async () => new Response()).ask(url, { method: 'PUT' })).rejects.toThrow(TypeError)
})

test('reads the date until which to rest by the clock of the server', async () => {
  const { ask } = serverFetch(async () => {
    const headers = { date: new Date(now + 600_000).toUTCString(), 'retry-after': new Date(now + 640_000).toUTCString() }
    return new Response(null, { status: 503, headers })
  })
  await expect(ask()).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 40 })
})
