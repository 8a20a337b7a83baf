import { createMockIssuer } from '@bailiwick/mock-issuer'
import { createMemoryStore } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { machineOf } from '../../../test/machine.js'
import { instances, watched } from '../../../test/shared-store.js'
import type { TokenSourceEvent } from '../../token-source-event.js'

describe('what is stored', () => {
  test('lives as long as the token, and holds neither refresh nor ID token', async () => {
    const issuer = await createMockIssuer()
    const genuine = machineOf(issuer, {
      async fetch(url, init) {
        const answer = await issuer.fetch(url, init)
        return url.endsWith('/token') ? Response.json({ ...((await answer.json()) as object), refresh_token: 'a-refresh-token' }) : answer
      },
    })
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    await instances(issuer, store, 1, undefined, genuine)[0]?.getTokens()
    const [write] = store.writes
    expect(write?.ttlMs).toBeGreaterThan(298_000)
    expect(write?.ttlMs).toBeLessThanOrEqual(300_000)
    expect(write?.value).not.toContain('a-refresh-token')
    expect(write?.key).toMatch(/^bailiwick:token:[\w-]{43}$/)
  })

  test('is nothing where the server does not say how long the token lives', async () => {
    const issuer = await createMockIssuer()
    const client = machineOf(issuer, {
      async fetch(url, init) {
        const answer = await issuer.fetch(url, init)
        if (!url.endsWith('/token')) return answer
        const { expires_in: _, ...body } = (await answer.json()) as Record<string, unknown>
        return Response.json(body)
      },
    })
    const store = watched(createMemoryStore())
    await instances(issuer, store, 1, undefined, client)[0]?.getTokens()
    expect(store.writes).toEqual([])
  })

  /** What an instance gets after somebody has changed what is stored. */
  async function readingChanged(change: (stored: Record<string, unknown>) => Record<string, unknown>) {
    const issuer = await createMockIssuer()
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    const [one, two] = instances(issuer, store, 2)
    const first = await one?.getAccessToken()
    const { key = '', value = '' } = store.writes[0] ?? {}
    const text = JSON.stringify(change(JSON.parse(value) as Record<string, unknown>)).replace('"for ever"', '1e999')
    await store.set(key, text, { ttlMs: 86_400_000 })
    return { issuer, first, getTokens: async () => two?.getTokens() }
  }

  test.each<[string, Record<string, unknown>]>([
    ['ends in the far future', { expiresAt: 1e300 }],
    ['never ends', { expiresAt: 'for ever' }],
    ['has lived since 1970', { receivedAt: 0, expiresAt: 4e9 }],
  ])('is used for a day at most where it is edited so that it %s', async (_, edit) => {
    const { issuer, first, getTokens } = await readingChanged((stored) => ({ ...stored, ...edit }))
    await getTokens()
    issuer.clock.advanceSeconds(86_401)
    expect((await getTokens())?.accessToken).not.toBe(first)
  })

  test('brings neither a refresh token nor claims that were put there', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const idToken = `${part({ alg: 'none' })}.${part({ iss: 'x', sub: 'root', exp: 1 })}.`
    const { first, getTokens } = await readingChanged((stored) => ({ ...stored, idToken, refreshToken: 'planted' }))
    const { accessToken, claims, refreshToken, idToken: taken } = (await getTokens()) ?? {}
    expect([accessToken, claims, refreshToken, taken]).toEqual([first, undefined, undefined, undefined])
  })

  test.each([
    ['no JSON', () => 'a token'],
    ['of another issuer', (text: string) => text.replace('http://localhost', 'http://127.0.0.1')],
    ['of another client', (text: string) => text.replace('"clientId":"service"', '"clientId":"app"')],
    ['bound to another key', (text: string) => text.replace('"tokenType"', '"keyThumbprint":"another","tokenType"')],
  ])('is not used where it is %s, and is written anew', async (_, change) => {
    const issuer = await createMockIssuer()
    const store = watched(createMemoryStore({ now: issuer.clock.now }))
    const events: TokenSourceEvent[] = []
    const [one, two] = instances(issuer, store, 2, (event) => events.push(event))
    const first = await one?.getAccessToken()
    const { key = '', value = '' } = store.writes[0] ?? {}
    await store.set(key, change(value), { ttlMs: 300_000 })
    expect(await two?.getAccessToken()).not.toBe(first)
    // It is read again under the lock.
    expect(events.map(({ kind }) => kind)).toEqual(['renewed', 'store_failed', 'store_failed', 'renewed'])
    expect(store.writes).toHaveLength(3)
  })
})
