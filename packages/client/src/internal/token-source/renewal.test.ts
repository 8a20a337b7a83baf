import { describe, expect, test } from 'vitest'
import { tokensOf } from '../../../test/tokens.js'
import { ClientError } from '../../client-error.js'
import type { TokenSet } from '../../token-set.js'
import type { TokenSourceEvent } from '../../token-source-event.js'
import { createRenewal, type RenewalRequest } from './renewal.js'

const start = 1_700_000_000
const day = 86_400

/** A renewal by a clock that the test sets, whose requests the test answers. */
function renewing({ initial, random = () => 0, canRenew = true }: { initial?: TokenSet; random?: () => number; canRenew?: boolean } = {}) {
  const events: TokenSourceEvent[] = []
  const requests: RenewalRequest<unknown>[] = []
  const clock = { seconds: start }
  let answer: () => Promise<TokenSet> = async () => tokensOf(clock.seconds)
  const renewal = createRenewal({
    initial,
    renew(request) {
      requests.push(request)
      return answer()
    },
    canRenew: () => canRenew,
    policy: { refreshAheadMs: undefined, assumedLifetimeMs: 300_000 },
    now: () => clock.seconds * 1000,
    random,
    report: (event) => events.push(event),
  })
  return { ...renewal, clock, requests, events, answerWith: (next: () => Promise<TokenSet>) => void (answer = next) }
}

const down = () => Promise.reject(new ClientError('server_unavailable', 'It is down.', { retryAfterSeconds: 1 }))
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('time', () => {
  test('a laptop that slept for a day waits for a new token, and gives out no old one', async () => {
    const { getTokens, clock, requests } = renewing()
    const first = await getTokens({})
    clock.seconds += day
    expect(await getTokens({})).not.toBe(first)
    expect(requests).toHaveLength(2)
  })

  test('a request over which it slept is not made again while it is under way, and its answer is used', async () => {
    const { getTokens, clock, requests, answerWith } = renewing()
    let resolve: (tokens: TokenSet) => void = () => {}
    answerWith(() => new Promise((given) => (resolve = given)))
    const before = getTokens({})
    clock.seconds += day
    const after = getTokens({})
    resolve(tokensOf(clock.seconds))
    expect(await before).toBe(await after)
    expect(requests).toHaveLength(1)
  })

  test('a clock that was set back makes no token younger, and has it renewed', async () => {
    const { getTokens, clock, requests } = renewing()
    const first = await getTokens({})
    clock.seconds += 200
    await getTokens({})
    clock.seconds -= 3600
    expect(await getTokens({})).toBe(first)
    await settled()
    expect(requests).toHaveLength(2)
  })

  test('a clock that was set back while the server is down still ends a token when it ends', async () => {
    const { getTokens, clock, answerWith } = renewing()
    const first = await getTokens({})
    answerWith(down)
    clock.seconds += 200
    await getTokens({})
    clock.seconds -= 3600
    expect(await getTokens({})).toBe(first)
    clock.seconds += 99
    expect(await getTokens({})).toBe(first)
    clock.seconds += 2
    await expect(getTokens({})).rejects.toMatchObject({ code: 'server_unavailable' })
  })

  test('a clock that was set back does not lengthen a pause', async () => {
    const { getTokens, clock, answerWith, requests } = renewing()
    answerWith(down)
    await expect(getTokens({})).rejects.toMatchObject({ code: 'server_unavailable' })
    clock.seconds -= 600
    answerWith(async () => tokensOf(clock.seconds))
    await expect(getTokens({})).rejects.toMatchObject({ code: 'server_unavailable' })
    clock.seconds += 2
    await getTokens({})
    expect(requests).toHaveLength(2)
  })

  test.each([-600, 600])('tokens that were received by a clock %i seconds off live no longer than they do', async (offSeconds) => {
    const initial = tokensOf(start + offSeconds)
    const { getTokens, clock, requests } = renewing({ initial })
    clock.seconds += 300
    await getTokens({})
    expect(requests).toHaveLength(1)
  })

  test('spreads what it asks for ahead of time', async () => {
    const asksAfter = async (random: () => number) => {
      const { getTokens, clock, requests } = renewing({ random })
      while (requests.length < 2) {
        await getTokens({})
        clock.seconds += 1
      }
      return clock.seconds - start - 1
    }
    expect([await asksAfter(() => 0), await asksAfter(() => 0.5), await asksAfter(() => 0.99)]).toEqual([240, 225, 211])
  })

  test('a life of a few seconds makes no request for each who asks', async () => {
    const { getTokens, clock, requests, answerWith } = renewing()
    answerWith(async () => tokensOf(clock.seconds, { expiresAt: clock.seconds + 10 }))
    await getTokens({ minimumSeconds: 3600 })
    clock.seconds += 4
    await getTokens({ minimumSeconds: 3600 })
    expect(requests).toHaveLength(1)
  })
})

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

  test('of a server that asks for an hour of rest waits for five minutes where there is no token, and for the hour where there is one', async () => {
    const restless = () => Promise.reject(new ClientError('server_unavailable', 'It is down.', { retryAfterSeconds: 3600 }))
    const without = renewing()
    without.answerWith(restless)
    await expect(without.getTokens({})).rejects.toMatchObject({ code: 'server_unavailable', retryAfterSeconds: 300 })
    const covered = renewing({ initial: tokensOf(start, { expiresAt: start + 7200 }) })
    covered.answerWith(restless)
    covered.clock.seconds += 7000
    await covered.getTokens({})
    await settled()
    expect(covered.events).toMatchObject([{ kind: 'renewal_failed', isCovered: true, retryAfterSeconds: 3600 }])
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

describe('a rejected token', () => {
  test('is renewed once for all whose request was refused with it', async () => {
    const { getTokens, clock, requests } = renewing()
    const { accessToken: rejected } = await getTokens({})
    clock.seconds += 10
    const given = await Promise.all(Array.from({ length: 100 }, () => getTokens({ rejected })))
    expect(new Set(given.map(({ accessToken }) => accessToken))).toEqual(new Set([`token-${start + 10}`]))
    expect(await getTokens({ rejected })).toBe(given[0])
    expect(requests.map((request) => request.held?.accessToken)).toEqual([undefined, rejected])
  })

  test('is not renewed at each answer of an API that refuses every token', async () => {
    const { getTokens, clock, requests } = renewing()
    for (let refused = 0; refused < 100; refused += 1) {
      const { accessToken } = await getTokens({})
      await getTokens({ rejected: accessToken })
      clock.seconds += 0.1
    }
    // In ten seconds: the first token, and a new one in each five.
    expect(requests).toHaveLength(3)
  })

  test('after which there can be no other is given as long as it lives: that ends no session', async () => {
    const present = tokensOf(start)
    const { getTokens, clock, requests, events } = renewing({ initial: present, canRenew: false })
    clock.seconds += 10
    expect(await getTokens({ rejected: present.accessToken })).toBe(present)
    clock.seconds += 290
    await expect(getTokens({ rejected: present.accessToken })).rejects.toMatchObject({ code: 'session_ended' })
    expect([requests, events]).toEqual([[], []])
  })

  test('that was not the present one anyway is no reason to ask', async () => {
    const { getTokens, requests } = renewing()
    const present = await getTokens({})
    expect(await getTokens({ rejected: 'another' })).toBe(present)
    expect(requests).toHaveLength(1)
  })

  test('of a server that is down is given to those who have not been refused', async () => {
    const { getTokens, answerWith } = renewing()
    const present = await getTokens({})
    answerWith(down)
    await expect(getTokens({ rejected: present.accessToken })).rejects.toMatchObject({ code: 'server_unavailable' })
    expect(await getTokens({})).toBe(present)
  })
})
