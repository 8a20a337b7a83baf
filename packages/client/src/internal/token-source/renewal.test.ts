import { describe, expect, test } from 'vitest'
import { down, renewing, settled, start } from '../../../test/renewing.js'
import { tokensOf } from '../../../test/tokens.js'
import { ClientError } from '../../client-error.js'
import type { TokenSet } from '../../token-set.js'

const restless = () => Promise.reject(new ClientError('server_unavailable', 'It is down.', { retryAfterSeconds: 3600 }))

describe('who asks', () => {
  test('gets a token that is good for as long as needed', async () => {
    const { getTokens, clock, requests } = renewing()
    const first = await getTokens({})
    clock.seconds += 180
    expect(await getTokens({ minimumSeconds: 119 })).toBe(first)
    expect(await getTokens({ minimumSeconds: 121 })).not.toBe(first)
    expect(requests).toHaveLength(2)
  })

  test('and joins a request that brings a token for less has another one made', async () => {
    const { getTokens, clock, requests, answerWith } = renewing({ initial: tokensOf(start) })
    clock.seconds += 250
    const old = tokensOf(clock.seconds - 200)
    answerWith(async () => {
      answerWith(async () => tokensOf(clock.seconds))
      return old
    })
    const [one, other] = await Promise.all([getTokens({ rejected: `token-${start}` }), getTokens({ minimumSeconds: 140 })])
    expect([one, other.receivedAt, requests.length]).toEqual([old, clock.seconds, 2])
  })

  test('of a server whose tokens end at once makes one request a second', async () => {
    const { getTokens, clock, requests, answerWith } = renewing()
    answerWith(async () => tokensOf(clock.seconds, { expiresAt: clock.seconds }))
    for (let asked = 0; asked < 50; asked += 1) await getTokens({})
    expect(requests).toHaveLength(1)
    clock.seconds += 1
    await getTokens({})
    expect(requests).toHaveLength(2)
  })

  test('of a server that asks for an hour of rest waits for five minutes where there is no token', async () => {
    const { getTokens, answerWith } = renewing()
    answerWith(restless)
    await expect(getTokens({})).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 300 })
  })

  test.each([
    [3900, 3600],
    [1000, 1000],
    [30, 300],
  ])('and has a token for %i seconds yet waits for %i', async (leftSeconds, pauseSeconds) => {
    const initial = tokensOf(start, { expiresAt: start + 10_000 })
    const { getTokens, clock, answerWith, events, requests } = renewing({ initial, refreshAheadMs: 4_000_000 })
    answerWith(restless)
    clock.seconds += 10_000 - leftSeconds
    expect(await getTokens({})).toBe(initial)
    await settled()
    expect(events).toMatchObject([{ kind: 'renewal_failed', isCovered: true, retryAfterSeconds: pauseSeconds }])
    answerWith(async () => tokensOf(clock.seconds))
    clock.seconds += pauseSeconds
    await getTokens({})
    expect(requests).toHaveLength(2)
  })

  test('may give up without the others', async () => {
    const { getTokens, clock, requests, answerWith } = renewing()
    let resolve: (tokens: TokenSet) => void = () => {}
    answerWith(() => new Promise((given) => (resolve = given)))
    const [giver, already] = [new AbortController(), AbortSignal.abort()]
    const impatient = getTokens({ signal: giver.signal })
    const patient = getTokens({})
    giver.abort()
    await expect(impatient).rejects.toMatchObject({ code: 'aborted' })
    await expect(getTokens({ signal: already })).rejects.toMatchObject({ code: 'aborted' })
    resolve(tokensOf(clock.seconds))
    expect((await patient).accessToken).toBe(`token-${start}`)
    expect(requests).toHaveLength(1)
  })

  test('and gives up alone leaves a token for the next, and no unhandled rejection', async () => {
    const { getTokens, answerWith, clock } = renewing()
    answerWith(down)
    const giver = new AbortController()
    const impatient = getTokens({ signal: giver.signal })
    giver.abort()
    await expect(impatient).rejects.toMatchObject({ code: 'aborted' })
    await settled()
    answerWith(async () => tokensOf(clock.seconds))
    clock.seconds += 1
    expect((await getTokens({})).accessToken).toBe(`token-${start + 1}`)
  })
})

describe('a token in its last ten seconds', () => {
  test('and not before, is waited for: until then it is given at once, and renewed in the background', async () => {
    const { getTokens, clock, requests, answerWith } = renewing()
    const first = await getTokens({})
    answerWith(() => new Promise(() => {}))
    clock.seconds += 289
    expect(await getTokens({})).toBe(first)
    expect(requests).toHaveLength(2)
  })

  test('is one in its last quarter, where it lives for less than 40 seconds', async () => {
    const { getTokens, clock, answerWith } = renewing({ refreshAheadMs: 10_000, initial: tokensOf(start, { expiresAt: start + 20 }) })
    answerWith(() => new Promise(() => {}))
    clock.seconds += 14
    expect((await getTokens({})).expiresAt).toBe(start + 20)
  })

  test('is not given to somebody who has yet to send it: they wait for the new one', async () => {
    const { getTokens, clock } = renewing()
    await getTokens({})
    clock.seconds += 291
    expect((await getTokens({})).accessToken).toBe(`token-${start + 291}`)
  })

  test('is given where there is no new one to be had', async () => {
    const { getTokens, clock, answerWith, requests } = renewing()
    const first = await getTokens({})
    answerWith(down)
    clock.seconds += 299
    expect(await getTokens({})).toBe(first)
    expect(await getTokens({})).toBe(first)
    expect(requests).toHaveLength(2)
  })

  test('is given no more when the session has ended', async () => {
    const { getTokens, clock, answerWith } = renewing()
    await getTokens({})
    answerWith(() => Promise.reject(new ClientError('session_ended', 'It is over.')))
    clock.seconds += 299
    await expect(getTokens({})).rejects.toMatchObject({ code: 'session_ended' })
  })

  test('that ends while the new one is waited for in vain is given to nobody', async () => {
    const { getTokens, clock, answerWith } = renewing()
    await getTokens({})
    answerWith(() => {
      clock.seconds += 10
      return down()
    })
    clock.seconds += 295
    await expect(getTokens({})).rejects.toMatchObject({ code: 'server_unavailable' })
  })
})
