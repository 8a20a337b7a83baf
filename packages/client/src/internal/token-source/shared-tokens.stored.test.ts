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
