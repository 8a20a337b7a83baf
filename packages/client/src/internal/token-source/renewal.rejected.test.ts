import { describe, expect, test } from 'vitest'
import { down, renewing, start } from '../../../test/renewing.js'
import { tokensOf } from '../../../test/tokens.js'

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
