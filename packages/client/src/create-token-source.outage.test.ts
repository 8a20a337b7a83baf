import { describe, expect, test } from 'vitest'
import { machineSource } from '../test/machine.js'
import { session } from '../test/session.js'
import { ClientError } from './client-error.js'
import type { TokenSourceEvent } from './token-source-event.js'

describe('with the token endpoint down for 30 seconds', () => {
  test.each<[string, { kind: 'status'; status: number; body?: string; headers?: Record<string, string> } | { kind: 'reset' }]>([
    ['503', { kind: 'status', status: 503 }],
    ['an error page', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' }],
    ['a page where tokens belong', { kind: 'status', status: 200, body: '<html>We are back soon</html>' }],
    ['a connection that is reset', { kind: 'reset' }],
    ['text that is no JSON', { kind: 'status', status: 200, body: '{"access_token":', headers: { 'content-type': 'application/json' } }],
  ])('no session is lost: %s', async (_, fault) => {
    const { issuer, tokens, source, refreshes } = await session({}, { now: () => 1_800_000_000_000 })
    issuer.clock.advanceSeconds(285)
    const outage = issuer.faults.add({ endpoint: 'token', ...fault })

    const seen: string[] = []
    for (let second = 0; second < 30; second += 1) {
      const given = await source.getTokens().catch(({ code }: ClientError) => code)
      seen.push(given === tokens ? 'the token that is good yet' : String(given))
      // What runs in the background is to end within its second.
      await new Promise((resolve) => setImmediate(resolve))
      issuer.clock.advanceSeconds(1)
    }
    expect(seen.slice(0, 15)).toEqual(Array(15).fill('the token that is good yet'))
    expect(seen.slice(15).every((each) => each === 'server_unavailable' || each === 'response_invalid')).toBe(true)
    // 1, 2, 4, 8 and 16 seconds at the least.
    expect(refreshes()).toBeLessThanOrEqual(6)

    outage.remove()
    issuer.clock.advanceSeconds(45)
    expect((await source.getTokens()).claims?.sub).toBe('john')
  })
})

test('an answer that is lost after the server has rotated the refresh token ends the session where reuse ends it', async () => {
  const { issuer, source } = await session()
  issuer.clock.advanceSeconds(300)
  issuer.faults.add({ endpoint: 'token', kind: 'reset', workDone: true, times: 1 })
  await expect(source.getTokens()).rejects.toMatchObject({ code: 'server_unavailable' })
  issuer.clock.advanceSeconds(5)
  await expect(source.getTokens()).rejects.toMatchObject({ code: 'session_ended' })
})

describe('an outage', () => {
  test('has those who ask in a pause told at once, and how long it is yet', async () => {
    const { issuer, source, requests } = await machineSource()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 429, retryAfterSeconds: 20, times: 1 })
    const first: unknown = await source.getAccessToken().catch((thrown: unknown) => thrown)
    expect(first).toMatchObject({ code: 'server_unavailable', message: expect.stringMatching(/ answered 429\.$/) })
    expect([20, 21, 22]).toContain((first as ClientError).retryAfterSeconds)

    issuer.clock.advanceSeconds(15)
    const error: unknown = await source.getAccessToken().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'server_unavailable' })
    expect([5, 6, 7]).toContain((error as ClientError).retryAfterSeconds)
    expect(requests()).toBe(1)

    issuer.clock.advanceSeconds(8)
    await source.getAccessToken()
    expect(requests()).toBe(2)
  })

  test('is over for whoever waits as long as the error says, however often the server has failed', async () => {
    const pauses: unknown[] = []
    const { issuer, source } = await machineSource((event) => event.kind === 'renewal_failed' && pauses.push(event.retryAfterSeconds))
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503, retryAfterSeconds: 2, times: 4 })
    const told: unknown[] = []
    let given = await source.getAccessToken().catch((error: ClientError) => error)
    while (given instanceof ClientError) {
      told.push(given.retryAfterSeconds)
      issuer.clock.advanceSeconds(given.retryAfterSeconds ?? 0)
      given = await source.getAccessToken().catch((error: ClientError) => error)
    }
    expect(told).toEqual(pauses)
    expect(told).toHaveLength(4)
    expect(told[3]).toBeGreaterThanOrEqual(8)
  })

  test('of a thousand who ask at once is one request, and one failure for all', async () => {
    const { issuer, source, requests } = await machineSource()
    issuer.faults.add({ endpoint: 'token', kind: 'reset' })
    const asked = await Promise.allSettled(Array.from({ length: 1000 }, () => source.getAccessToken()))
    expect(new Set(asked.map((each) => each.status === 'rejected' && each.reason.code))).toEqual(new Set(['server_unavailable']))
    expect(requests()).toBe(1)
  })

  test('of the metadata is an outage too', async () => {
    const { issuer, source } = await machineSource()
    const outage = issuer.faults.add({ endpoint: '*', kind: 'status', status: 500 })
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'server_unavailable' })
    outage.remove()
    issuer.clock.advanceSeconds(10)
    expect((await source.getTokens()).tokenType).toBe('Bearer')
  })

  test('that nobody sees is told to the operators, without a token', async () => {
    const events: TokenSourceEvent[] = []
    const { issuer, source } = await machineSource((event) => {
      events.push(event)
      throw new Error('a hook that fails')
    })
    const tokens = await source.getTokens()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503 })
    issuer.clock.advanceSeconds(295)
    expect(await source.getTokens()).toBe(tokens)
    await expect.poll(() => events.length).toBe(2)
    expect(events).toMatchObject([
      { kind: 'renewed', expiresAt: tokens.expiresAt },
      { kind: 'renewal_failed', isCovered: true, error: { code: 'server_unavailable' } },
    ])
    expect(JSON.stringify(events)).not.toContain(tokens.accessToken)
  })
})

describe('a refusal', () => {
  test('is given as it is, and repeated without asking during a pause', async () => {
    const { issuer, source, requests } = await machineSource()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 400, body: { error: 'invalid_scope' } })
    const refusal = { code: 'request_refused', oauthError: { error: 'invalid_scope' } }
    await expect(source.getAccessToken()).rejects.toMatchObject(refusal)
    await expect(source.getAccessToken()).rejects.toMatchObject(refusal)
    expect(requests()).toBe(1)
  })

  test.each(['invalid_client', 'unauthorized_client', 'invalid_scope'])('by %s ends no session', async (error) => {
    const { issuer, source } = await session()
    issuer.clock.advanceSeconds(300)
    const fault = issuer.faults.add({ endpoint: 'token', kind: 'status', status: 400, body: { error } })
    await expect(source.getTokens()).rejects.toMatchObject({ code: 'request_refused' })
    fault.remove()
    issuer.clock.advanceSeconds(5)
    expect((await source.getTokens()).claims?.sub).toBe('john')
  })
})
