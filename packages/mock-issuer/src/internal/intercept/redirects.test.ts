import { expect, test } from 'vitest'
import { fetchWithRedirects } from './redirects.js'

const start = 'https://a.example.com/start'

interface Seen {
  readonly line: string
  readonly body: string
  readonly headers: Record<string, string>
}

/** Redirects once, and tells what came of it. */
async function redirectOnce(status: number, location: string, init: RequestInit): Promise<Seen> {
  const seen: Seen[] = []
  await fetchWithRedirects(new Request(start, init), async (request) => {
    seen.push({ line: `${request.method} ${request.url}`, body: await request.text(), headers: Object.fromEntries(request.headers) })
    return seen.length === 1 ? new Response(null, { status, headers: { location } }) : new Response('done')
  })
  return seen[1] ?? { line: 'none', body: '', headers: {} }
}

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'POST', 'POST'],
  [301, 'PUT', 'PUT'],
  [303, 'PUT', 'GET'],
])('a %i turns %s into %s, without a body where that is a GET', async (status, before, after) => {
  const second = await redirectOnce(status, '/next', { method: before, body: 'a=b', headers: { 'content-type': 'text/plain' } })

  expect(second.line).toBe(`${after} https://a.example.com/next`)
  expect(second.body).toBe(after === 'GET' ? '' : 'a=b')
  expect(second.headers['content-type']).toBe(after === 'GET' ? undefined : 'text/plain')
})

test('keeps a HEAD a HEAD', async () => {
  expect((await redirectOnce(303, '/next', { method: 'HEAD' })).line).toBe('HEAD https://a.example.com/next')
})

test('takes credentials along within an origin, and to no other', async () => {
  const init = { headers: { authorization: 'Basic x', accept: 'text/plain' } }

  expect((await redirectOnce(302, '/next', init)).headers).toMatchObject({ authorization: 'Basic x', accept: 'text/plain' })
  const { headers } = await redirectOnce(302, 'https://b.example.com/', init)
  expect([headers['authorization'], headers['accept']]).toEqual([undefined, 'text/plain'])
})

test.each(['ftp://a.example.com/', 'data:text/plain,x', 'https://'])('does not follow a redirect to %s', async (location) => {
  await expect(redirectOnce(302, location, {})).rejects.toThrow(TypeError)
})

test('gives up after 20 redirects', async () => {
  let count = 0
  const endless = fetchWithRedirects(new Request(start), async () => {
    count++
    return new Response(null, { status: 302, headers: { location: '/next' } })
  })

  await expect(endless).rejects.toMatchObject({ message: 'fetch failed', cause: { message: 'redirect count exceeded' } })
  expect(count).toBe(21)
})

test('takes a redirect status without a Location for an answer', async () => {
  const response = await fetchWithRedirects(new Request(`${start}#fragment`), async () => new Response(null, { status: 302 }))

  expect([response.status, response.url, response.redirected]).toEqual([302, start, false])
})
