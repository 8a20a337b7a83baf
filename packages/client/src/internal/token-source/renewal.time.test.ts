import { describe, expect, test } from 'vitest'
import { down, renewing, settled, start } from '../../../test/renewing.js'
import { tokensOf } from '../../../test/tokens.js'
import type { TokenSet } from '../../token-set.js'

const day = 86_400

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
