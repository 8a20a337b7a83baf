import { createMockIssuer } from '@bailiwick/mock-issuer'
import type { Fetch } from '@bailiwick/protocol'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.js'

function clientOf(issuer: string, fetch: Fetch, now: () => number = Date.now) {
  return createClient({ issuer, clientId: 'app', authentication: { method: 'none' }, fetch, now, timeoutMs: 2000 })
}

test('asks once for all who need it, and again after an hour', async () => {
  const issuer = await createMockIssuer()
  const client = clientOf(issuer.issuer, issuer.fetch, issuer.clock.now)
  const asked = () => issuer.requests.filter(({ path }) => path.includes('.well-known')).length
  const all = await Promise.all(Array.from({ length: 50 }, () => client.metadata()))
  expect([new Set(all).size, all[0]?.issuer]).toEqual([1, issuer.issuer])
  const first = asked()
  await client.metadata()
  expect(asked()).toBe(first)
  issuer.clock.advanceSeconds(3601)
  await client.metadata()
  await expect.poll(asked).toBe(2 * first)
})

test('uses what it knows on during an outage', async () => {
  const issuer = await createMockIssuer()
  const client = clientOf(issuer.issuer, issuer.fetch, issuer.clock.now)
  const before = await client.metadata()
  issuer.faults.add({ endpoint: '*', kind: 'status', status: 503 })
  issuer.clock.advanceSeconds(7200)
  expect(await client.metadata()).toEqual(before)
})

test.each<[string, (issuer: string) => unknown]>([
  ['another issuer', () => ({ issuer: 'https://attacker.example' })],
  ['the issuer with a slash more', (issuer) => ({ issuer: `${issuer}/` })],
  ['the issuer in capitals', (issuer) => ({ issuer: issuer.toUpperCase() })],
  ['no issuer', () => ({ issuer: undefined })],
  ['an issuer that is no text', (issuer) => ({ issuer: [issuer] })],
])('uses nothing of a server whose metadata have %s', async (_, changes) => {
  const issuer = await createMockIssuer()
  const fetch: Fetch = async (url, init) => {
    const answer = await issuer.fetch(url, init)
    return Response.json({ ...((await answer.json()) as object), ...(changes(issuer.issuer) as object) })
  }
  await expect(clientOf(issuer.issuer, fetch).metadata()).rejects.toMatchObject({ code: 'response_invalid' })
})

test.each<[string, () => Response | Promise<Response>]>([
  ['unreachable', () => Promise.reject(new TypeError('fetch failed'))],
  ['down', () => new Response(null, { status: 503 })],
  ['not there', () => new Response(null, { status: 404 })],
  ['hidden behind a page', () => new Response('<h1>Welcome to the hotel</h1>')],
  ['said to be elsewhere', () => Response.redirect('https://attacker.example/', 302)],
])('takes a server that is %s for one that is not available', async (_, answer) => {
  const client = clientOf('https://login.example.com', async () => answer())
  await expect(client.metadata()).rejects.toMatchObject({ code: 'server_unavailable' })
})

test('asks again after a failure', async () => {
  const issuer = await createMockIssuer()
  const client = clientOf(issuer.issuer, issuer.fetch, issuer.clock.now)
  const fault = issuer.faults.add({ endpoint: '*', kind: 'status', status: 503 })
  await expect(client.metadata()).rejects.toMatchObject({ code: 'server_unavailable' })
  fault.remove()
  issuer.clock.advanceSeconds(60)
  expect((await client.metadata()).issuer).toBe(issuer.issuer)
})

test('says by what the network failed', async () => {
  const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
  const client = clientOf('https://login.example.com', async () => Promise.reject(new TypeError('fetch failed', { cause: unknown })))
  await expect(client.metadata()).rejects.toMatchObject({
    code: 'server_unavailable',
    message: expect.stringMatching(/The request to login\.example\.com failed \(ENOTFOUND\)\.$/),
  })
})
