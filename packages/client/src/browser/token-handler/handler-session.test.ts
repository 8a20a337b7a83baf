import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAuthStore } from '../auth-store.js'
import type { BrowserPage } from '../browser-mode.js'
import { BrowserClientError } from '../browser-client-error.js'
import { createHandlerSession } from './handler-session.js'
import { seeToRefusal } from './refused-request.js'
import type { TokenHandlerAnswer } from './token-handler.js'

const john = { status: 200, members: { is_logged_in: true, id_token_claims: { sub: 'john' }, access_token_expires_in: 300 } }
const nobody = { status: 200, members: { is_logged_in: false } }
const expired = { status: 401, members: {}, failure: { error: 'session_expired' } }
const refused = () => new Response(null, { status: 401 })

let channels: BroadcastChannel[] = []

beforeEach(() => {
  const last = new Map<string, Promise<unknown>>()
  // What a browser does for its tabs: one holder at a time, in turn.
  const request = async (name: string, work: () => Promise<void>) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work)
    last.set(
      name,
      turn.catch(() => {}),
    )
    return turn
  }
  vi.stubGlobal('navigator', { locks: { request } })
  const Real = BroadcastChannel
  vi.stubGlobal(
    'BroadcastChannel',
    class extends Real {
      constructor(name: string) {
        super(name)
        channels.push(this)
      }
    },
  )
})
afterEach(() => {
  for (const channel of channels) channel.close()
  channels = []
  vi.unstubAllGlobals()
})

/** A tab of a page whose token handler answers so. */
function tab(answers: (path: string) => TokenHandlerAnswer | Promise<TokenHandlerAnswer>, name = 'bailiwick test') {
  const asked: string[] = []
  const store = createAuthStore()
  const page: BrowserPage<unknown> = { ...store, goOn: () => {}, requireSecure: (url) => url }
  const ask = async (path: string) => {
    asked.push(path)
    return answers(path)
  }
  const session = createHandlerSession(name, ask, page)
  return { asked, session, getState: store.getState, name, ask }
}

describe('the session at a token handler', () => {
  test('is what the token handler says, and an outage logs nobody out', async () => {
    let answer: TokenHandlerAnswer | undefined = john
    const { session } = tab(() => answer ?? Promise.reject(new BrowserClientError('unavailable')))
    expect(await session.restore()).toEqual({ status: 'authenticated', user: { sub: 'john' } })
    answer = undefined
    expect(await session.restore()).toEqual({ status: 'unavailable', user: { sub: 'john' } })
    answer = nobody
    expect(await session.restore()).toEqual({ status: 'anonymous' })
  })

  test.each([
    [{}],
    [{ is_logged_in: true }],
    [{ is_logged_in: true, id_token_claims: 'john' }],
    [{ is_logged_in: true, id_token_claims: {} }],
  ])('takes nobody’s name from %j', async (members) => {
    expect(await tab(() => ({ status: 200, members })).session.restore()).toEqual({ status: 'unavailable', user: undefined })
  })

  test('a logout is not undone by an answer that was under way', async () => {
    const answers = [john, nobody]
    let release = () => {}
    const { session, getState } = tab(async () => {
      const answer = answers.shift() ?? nobody
      if (answer === john) await new Promise<void>((resolve) => (release = resolve))
      return answer
    })
    const restored = session.restore()
    await Promise.resolve()
    session.set()
    release()
    expect(await restored).toEqual({ status: 'anonymous' })
    expect(getState()).toEqual({ status: 'anonymous' })
  })

  test('a hundred requests that are refused at once renew the access once', async () => {
    const one = tab((path) => (path === 'refresh' ? { status: 200, members: { access_token_expires_in: 300 } } : john))
    await one.session.restore()
    const seen = one.session.generation()
    const again = await Promise.all(Array.from({ length: 100 }, () => seeToRefusal(one, refused(), seen)))
    expect(again).toEqual(Array.from({ length: 100 }, () => true))
    expect(one.asked.filter((path) => path === 'refresh')).toEqual(['refresh'])
  })

  test('a refusal of what has been renewed for the request is the API’s answer', async () => {
    const one = tab(() => john)
    expect(await seeToRefusal(one, refused(), undefined)).toBe(false)
    expect(one.asked).toEqual([])
  })

  test('a session that has ended is over for good', async () => {
    const one = tab((path) => (path === 'refresh' ? expired : john))
    await one.session.restore()
    await expect(seeToRefusal(one, refused(), one.session.generation())).rejects.toMatchObject({ code: 'no_session' })
    expect(one.getState()).toEqual({ status: 'anonymous' })
  })

  test('a token handler that is down ends no session', async () => {
    const one = tab((path) => (path === 'refresh' ? Promise.reject(new BrowserClientError('unavailable')) : john))
    await one.session.restore()
    await expect(seeToRefusal(one, refused(), one.session.generation())).rejects.toMatchObject({ code: 'unavailable' })
    expect(one.getState()).toMatchObject({ status: 'authenticated' })
  })
})
