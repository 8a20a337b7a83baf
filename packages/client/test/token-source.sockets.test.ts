import { createMockIssuer, type ListeningIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTokenSource } from '../src/create-token-source.js'
import { formatTokenSet } from '../src/token-set.js'
import { appOf } from './app.js'
import { loggedIn } from './logged-in.js'
import { machineOf, tokenRequests } from './machine.js'

let issuer: MockIssuer
let server: ListeningIssuer

beforeEach(async () => {
  issuer = await createMockIssuer()
  server = await issuer.listen({ port: 0 })
})
afterEach(() => server.close())

const overSockets = (url: string, init?: RequestInit) => fetch(url, init)

test('a thousand who ask for a token at its end make one request', async () => {
  const client = machineOf(issuer, { fetch: overSockets })
  const source = createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now })
  const first = await source.getAccessToken()
  issuer.clock.advanceSeconds(300)
  const given = new Set(await Promise.all(Array.from({ length: 1000 }, () => source.getAccessToken())))
  expect([given.size, given.has(first), tokenRequests(issuer)]).toEqual([1, false, 2])
})

test('a thousand who ask for a session at its end make one refresh, and the rotated tokens are kept before they are given', async () => {
  const client = appOf(issuer, { fetch: overSockets })
  const kept: string[] = []
  const tokens = await loggedIn(issuer)
  const grant = { type: 'refresh_token', tokens, onTokens: (each: typeof tokens) => void kept.push(formatTokenSet(each)) } as const
  const source = createTokenSource({ client, grant, now: issuer.clock.now })
  const before = tokenRequests(issuer)
  issuer.clock.advanceSeconds(300)
  const given = new Set(await Promise.all(Array.from({ length: 1000 }, () => source.getTokens())))
  expect([given.size, kept.length, tokenRequests(issuer) - before]).toEqual([1, 1, 1])

  // The process starts anew, from what was kept.
  const restarted = createTokenSource({
    client,
    grant: { type: 'refresh_token', tokens: await client.parseTokenSet(kept[0] ?? '') },
    now: issuer.clock.now,
  })
  issuer.clock.advanceSeconds(300)
  expect((await restarted.getTokens()).claims?.sub).toBe('john')
})

test('a token endpoint that is down for 30 seconds, by error and by reset, loses no session', async () => {
  const client = appOf(issuer, { fetch: overSockets })
  const tokens = await loggedIn(issuer)
  const source = createTokenSource({ client, grant: { type: 'refresh_token', tokens }, now: issuer.clock.now })
  await client.metadata()
  issuer.clock.advanceSeconds(300)
  const faults = [
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503, retryAfterSeconds: 3, times: 2 }),
    issuer.faults.add({ endpoint: 'token', kind: 'reset' }),
  ]
  for (let second = 0; second < 30; second += 1) {
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'server_unavailable' })
    issuer.clock.advanceSeconds(1)
  }
  for (const fault of faults) fault.remove()
  issuer.clock.advanceSeconds(30)
  expect((await source.getTokens()).claims?.sub).toBe('john')
  expect(faults.map(({ timesMet }) => timesMet >= 1)).toEqual([true, true])
})
