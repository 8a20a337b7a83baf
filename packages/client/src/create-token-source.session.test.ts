import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { describe, expect, test } from 'vitest'
import { loggedIn } from '../test/logged-in.js'
import { tokenRequests } from '../test/machine.js'
import { session, type SessionHooks, sourceOf } from '../test/session.js'
import type { IdTokenClaims } from './client-options.js'
import { TokenSet } from './token-set.js'
import type { TokenSourceEvent } from './token-source-event.js'

/** A session whose access token has just expired. */
async function expiredSession(onTokens?: SessionHooks['onTokens']) {
  const events: TokenSourceEvent[] = []
  const begun = await session({ onTokens, onEvent: (event) => events.push(event) })
  begun.issuer.clock.advanceSeconds(300)
  return { ...begun, events }
}

async function revoke(issuer: MockIssuer, token: string | undefined): Promise<void> {
  await issuer.fetch(`${issuer.issuer}/revoke`, { method: 'POST', body: new URLSearchParams({ client_id: 'app', token: token ?? '' }) })
}

describe('a session', () => {
  test('is refreshed once for a thousand who ask, with the rotated refresh token each time', async () => {
    const { issuer, source, refreshes } = await expiredSession()
    const first = new Set(await Promise.all(Array.from({ length: 1000 }, () => source.getAccessToken())))
    expect([first.size, refreshes()]).toEqual([1, 1])
    issuer.clock.advanceSeconds(300)
    const { claims } = await source.getTokens()
    expect([claims?.sub, refreshes()]).toEqual(['john', 2])
  })

  test('ends with invalid_grant and then for good: nothing is asked any more, whoever asks, however long', async () => {
    const { issuer, tokens, source, events, refreshes } = await expiredSession()
    await revoke(issuer, tokens.refreshToken)
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => source.getAccessToken()))
    expect(asked.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(Array(10).fill('session_ended'))
    issuer.clock.advanceSeconds(86_400)
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended', oauthError: { error: 'invalid_grant' } })
    expect(refreshes()).toBe(1)
    expect(events.map(({ kind }) => kind)).toEqual(['session_ended'])
  })

  test('that ends in the background is over, though the access token would last', async () => {
    const { issuer, tokens, source } = await session()
    await revoke(issuer, tokens.refreshToken)
    issuer.clock.advanceSeconds(270)
    expect(await source.getAccessToken()).toBe(tokens.accessToken)
    await expect.poll(() => source.getAccessToken().catch(({ code }) => code)).toBe('session_ended')
  })

  test('without a refresh token lasts as long as its access token', async () => {
    const issuer = await createMockIssuer()
    const { accessToken, tokenType, receivedAt, expiresAt } = await loggedIn(issuer)
    const tokens = new TokenSet<IdTokenClaims>({
      issuer: issuer.issuer,
      clientId: 'app',
      accessToken,
      tokenType,
      receivedAt,
      expiresAt,
    })
    const source = sourceOf(issuer, tokens)
    const before = tokenRequests(issuer)
    issuer.clock.advanceSeconds(299)
    expect(await source.getAccessToken()).toBe(accessToken)
    issuer.clock.advanceSeconds(1)
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
    expect(tokenRequests(issuer)).toBe(before)
  })

  test('ends at a stolen refresh token: whoever comes second is refused, and asks no more', async () => {
    const { issuer, tokens, source, refreshes } = await expiredSession()
    const thief = sourceOf(issuer, tokens)
    await thief.getAccessToken()
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
    expect(refreshes()).toBe(2)
  })
})

describe('new tokens', () => {
  test('are kept before anybody gets them', async () => {
    const order: string[] = []
    let kept: TokenSet<IdTokenClaims> | undefined
    const { source } = await expiredSession(async (tokens) => {
      await Promise.resolve()
      order.push('kept')
      kept = tokens
    })
    const tokens = await source.getTokens()
    order.push('given')
    expect(order).toEqual(['kept', 'given'])
    expect(kept).toBe(tokens)
  })

  test('that could not be kept are used all the same, and kept at a later try', async () => {
    let isDown = true
    const kept: (string | undefined)[] = []
    const { issuer, source, events, refreshes } = await expiredSession((tokens) => {
      if (isDown) throw new Error('the database is down')
      kept.push(tokens.refreshToken)
    })
    const tokens = await source.getTokens()
    expect(events).toMatchObject([{ kind: 'tokens_not_kept', error: { message: 'the database is down' } }, { kind: 'renewed' }])

    isDown = false
    await source.getTokens()
    expect(kept).toEqual([])
    issuer.clock.advanceSeconds(1)
    expect(await source.getTokens()).toBe(tokens)
    await expect.poll(() => kept).toEqual([tokens.refreshToken])
    issuer.clock.advanceSeconds(10)
    await source.getTokens()
    expect([kept.length, refreshes()]).toEqual([1, 1])
  })
})

describe('a session that is ended here', () => {
  test('is not brought back by a refresh that was under way, whose tokens are given to be revoked', async () => {
    const kept: unknown[] = []
    const { issuer, tokens, source } = await expiredSession((each) => void kept.push(each))
    const held = issuer.faults.add({ endpoint: 'token', kind: 'hang' })
    const waiting = source.getAccessToken().catch(({ code }) => code)
    await expect.poll(() => held.timesMet).toBe(1)
    const ended = source.end()
    held.remove()
    const last = await ended
    expect(await waiting).toBe('session_ended')
    expect(kept).toEqual([])
    expect(last?.refreshToken).not.toBe(tokens.refreshToken)

    await revoke(issuer, last?.refreshToken)
    const another = sourceOf(issuer, last ?? tokens)
    await expect(another.getAccessToken({ rejected: last?.accessToken })).rejects.toMatchObject({ code: 'session_ended' })
  })

  test('asks for nothing any more', async () => {
    const { source, tokens, refreshes } = await expiredSession()
    expect(await source.end()).toBe(tokens)
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'session_ended' })
    expect(refreshes()).toBe(0)
  })
})
