import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser, jane, john, json, nobody, openTab, refusal, settled, underWay } from '../../../test/handler-tab.js'

const orders = 'https://api.example.com/api/orders'
const renewed = () => json({ access_token_expires_in: 300 })

beforeEach(openBrowser)
afterEach(() => void vi.unstubAllGlobals())

/** A tab of John, whose access has ended: the API takes what was renewed, once `refresh` has been asked. */
async function endedAccess(changes: Record<string, () => Response | Promise<Response>> = {}, timeoutMs = 10_000) {
  let isGood = false
  const tab = openTab(
    (path) => {
      const change = changes[path]
      if (path === 'refresh') isGood = true
      if (change) return change()
      if (path === 'api/orders' || path === '/api/orders') return json({}, isGood ? 200 : 401)
      return path === 'refresh' ? renewed() : json(john)
    },
    { timeoutMs },
  )
  await tab.handlePage()
  tab.asked.length = 0
  return tab
}

describe('a request that the API refuses', () => {
  test('is sent again with renewed access', async () => {
    const tab = await endedAccess()
    expect((await tab.fetch(orders)).status).toBe(200)
    expect(tab.asked).toEqual(['/api/orders', 'session', 'refresh', '/api/orders'])
    expect(tab.getState()).toEqual({ status: 'authenticated', user: { sub: 'john' } })
  })

  test('a hundred at once renew the access once', async () => {
    const tab = await endedAccess()
    const answers = await Promise.all(Array.from({ length: 100 }, () => tab.fetch(orders)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200))
    expect(tab.asked.filter((path) => path === 'refresh')).toEqual(['refresh'])
  })

  test('is answered with the refusal if that comes again', async () => {
    const tab = await endedAccess({ '/api/orders': () => json({}, 401) })
    expect((await tab.fetch(orders)).status).toBe(401)
    expect(tab.asked).toEqual(['/api/orders', 'session', 'refresh', '/api/orders'])
  })

  test('is not renewed for if another tab has done it, by what the token handler says', async () => {
    const tab = await endedAccess({ session: () => json({ ...john, access_token_expires_in: 3000 }) })
    await tab.fetch(orders)
    expect(tab.asked).toContain('refresh')
    tab.asked.length = 0
    let seconds = 300
    const second = await endedAccess({ session: () => json({ ...john, access_token_expires_in: seconds }) })
    seconds = 310
    await second.fetch(orders)
    expect(second.asked).toEqual(['/api/orders', 'session', '/api/orders'])
  })

  test('is not renewed for if another tab has told that it has done it, even where the token handler does not say how long access lasts', async () => {
    let refreshes = 0
    const answer = (path: string) => {
      if (path === 'refresh') refreshes++
      if (path === '/api/orders') return json({}, refreshes ? 200 : 401)
      return json(path === 'refresh' ? {} : { ...john, access_token_expires_in: undefined })
    }
    const tabs = [openTab(answer), openTab(answer)]
    await Promise.all(tabs.map((tab) => tab.handlePage()))
    const answers = await Promise.all(tabs.map((tab) => tab.fetch(orders)))
    expect([answers.map(({ status }) => status), refreshes]).toEqual([[200, 200], 1])
  })

  test('of John is not sent again as Jane, who has logged in meanwhile', async () => {
    let user = john
    const { answer, give } = underWay()
    const tab = await endedAccess({ '/api/orders': () => answer, session: () => json(user) })
    const request = tab.fetch(orders, { method: 'POST' })
    await settled()
    user = jane
    give(json({}, 401))
    expect((await request).status).toBe(401)
    expect(tab.asked.filter((path) => path === '/api/orders')).toHaveLength(1)
    expect(tab.getState()).toMatchObject({ user: { sub: 'jane' } })
  })

  test('has no session if that has ended, in this tab or another', async () => {
    const tab = await endedAccess({ refresh: () => refusal('session_expired') })
    await expect(tab.fetch(orders)).rejects.toMatchObject({ code: 'no_session' })
    expect(tab.getState()).toEqual({ status: 'anonymous' })
    let session: object = john
    const other = await endedAccess({ session: () => json(session) })
    session = nobody
    await expect(other.fetch(orders)).rejects.toMatchObject({ code: 'no_session' })
    expect(other.asked).not.toContain('refresh')
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['is down', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['refuses without saying that the session is over', () => refusal('invalid_request', 400)],
    ['does not take its page', () => refusal('unauthorized_request')],
  ])('ends no session when the token handler %s', async (_title, refresh) => {
    const tab = await endedAccess({ refresh })
    await expect(tab.fetch(orders)).rejects.toMatchObject({ code: 'unavailable' })
    expect(tab.getState()).toMatchObject({ status: 'authenticated' })
  })

  test('that is waited for no longer ends at once, while its access is renewed', async () => {
    const tab = await endedAccess({ refresh: () => new Promise(() => {}) })
    const controller = new AbortController()
    const reason = new Error('Enough')
    const request = tab.fetch(orders, { signal: controller.signal })
    await settled()
    expect(tab.asked.at(-1)).toBe('refresh')
    controller.abort(reason)
    await expect(Promise.race([request, settled()])).rejects.toBe(reason)
  })

  test('waits no longer for another tab than for the token handler', async () => {
    const hanging = await endedAccess({ refresh: () => new Promise(() => {}) }, 60_000)
    void hanging.fetch(orders)
    await settled()
    const tab = await endedAccess({}, 50)
    await expect(tab.fetch(orders)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(tab.logout({ returnTo: '/' })).rejects.toMatchObject({ code: 'unavailable' })
    expect(tab.getState()).toMatchObject({ status: 'authenticated' })
  })
})

test('an API that asks for another login is the reason of the rejection', async () => {
  const challenge = 'Bearer error="insufficient_scope", scope="a b"'
  const tab = await endedAccess({ '/api/orders': () => new Response(null, { status: 403, headers: { 'www-authenticate': challenge } }) })
  await expect(tab.fetch(orders)).rejects.toMatchObject({ code: 'step_up_required', stepUp: { scope: 'a b' } })
})
