import { afterEach, describe, expect, test, vi } from 'vitest'
import { cutOff, renewing, settled, start } from '../../../test/renewing.js'
import { tokensOf } from '../../../test/tokens.js'
import type { TokenSet } from '../../token-set.js'

afterEach(() => void vi.restoreAllMocks())

/** A session that has expired, whose server rotates refresh tokens, and whose app never says that it has kept new ones, for as long as it `hangs`. */
function session() {
  const app = { hangs: true, kept: [] as (string | undefined)[] }
  const initial = tokensOf(start, { refreshToken: 'refresh-0' })
  const renewed = renewing({
    initial,
    keep({ refreshToken }: TokenSet) {
      app.kept.push(refreshToken)
      return app.hangs ? new Promise(() => {}) : Promise.resolve()
    },
  })
  const { requests, clock, answerWith } = renewed
  answerWith(async () => tokensOf(clock.seconds, { refreshToken: `refresh-${requests.length}` }))
  return { ...renewed, app, initial }
}

describe('a renewal that is cut off while the app keeps the tokens', () => {
  test('leaves the refresh token that came to the next, who does not send the one that is spent', async () => {
    const { getTokens, requests, app, clock } = session()
    clock.seconds += 300
    void getTokens({})
    await settled()
    app.hangs = false
    cutOff()
    expect((await getTokens({})).refreshToken).toBe('refresh-2')
    expect(requests.map(({ held }) => held?.refreshToken)).toEqual(['refresh-0', 'refresh-1'])
    expect(app.kept).toEqual(['refresh-1', 'refresh-2'])
  })

  test('gives the refresh token that came to whoever ends the session, to be revoked', async () => {
    const { getTokens, end, clock } = session()
    clock.seconds += 300
    void getTokens({})
    await settled()
    cutOff()
    expect((await end())?.refreshToken).toBe('refresh-1')
  })

  test('gives nobody the access token that is not kept', async () => {
    const { getTokens, initial, app } = session()
    const given = vi.fn<(tokens: TokenSet) => void>()
    void getTokens({ rejected: initial.accessToken }).then(given)
    await settled()
    expect((await getTokens({})).accessToken).toBe(initial.accessToken)
    expect([given.mock.calls, app.kept]).toEqual([[], ['refresh-1']])
  })
})
