import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, jane, john, json, nobody, openBrowser, openTab, settled, underWay } from '../../../test/handler-tab.js'

const transfer = 'https://api.example.com/api/transfer'

beforeEach(openBrowser)
afterEach(() => void vi.unstubAllGlobals())

/** A tab that has not handled its page. Its API refuses each request first, and takes it once the access has been renewed. */
function openEarly(session: () => Answer, refuse: () => Answer = () => json({}, 401)) {
  let isGood = false
  return openTab((path) => {
    if (path === 'refresh') isGood = true
    if (path === '/api/transfer') return isGood ? json({}) : refuse()
    return path === 'refresh' ? json({ access_token_expires_in: 300 }) : session()
  })
}

const sent = (tab: ReturnType<typeof openEarly>) => tab.asked.filter((path) => path === '/api/transfer').length

describe('a request that is made before the page knows its user', () => {
  test('waits until it does, and is sent again for that user', async () => {
    const { answer, give } = underWay()
    const answers = [answer]
    const tab = openEarly(() => answers.shift() ?? json(john))
    const request = tab.fetch(transfer, { method: 'POST' })
    await settled()
    expect(tab.asked).toEqual(['session'])
    give(json(john))
    expect((await request).status).toBe(200)
    expect(tab.asked).toEqual(['session', '/api/transfer', 'session', 'refresh', '/api/transfer'])
  })

  test('is not sent again as Jane, who has logged in since it was', async () => {
    let user: object = john
    const { answer, give } = underWay()
    const tab = openEarly(
      () => json(user),
      () => answer,
    )
    const request = tab.fetch(transfer, { method: 'POST' })
    await settled()
    user = jane
    give(json({}, 401))
    expect([(await request).status, sent(tab)]).toEqual([401, 1])
    expect(tab.getState()).toMatchObject({ user: { sub: 'jane' } })
  })

  test.each([
    ['nobody was logged in', () => json(nobody)],
    ['the token handler was away', () => json({}, 502)],
  ])('is sent once if %s then, whoever has logged in since', async (_title, before) => {
    let session: () => Answer = before
    const { answer, give } = underWay()
    const tab = openEarly(
      () => session(),
      () => answer,
    )
    const request = tab.fetch(transfer, { method: 'POST' })
    await settled()
    session = () => json(jane)
    give(json({}, 401))
    expect([(await request).status, sent(tab)]).toEqual([401, 1])
  })

  test('does not wait where it is known already that nobody is logged in', async () => {
    const tab = openEarly(
      () => json(nobody),
      () => json({}),
    )
    await tab.handlePage()
    expect((await tab.fetch(transfer)).status).toBe(200)
    expect(tab.asked).toEqual(['session', '/api/transfer'])
  })

  test('is not sent if nobody waits for it any more', async () => {
    const tab = openEarly(() => new Promise<Response>(() => {}))
    const controller = new AbortController()
    const request = tab.fetch(transfer, { signal: controller.signal })
    await settled()
    controller.abort(new Error('Enough'))
    await expect(Promise.race([request, settled()])).rejects.toThrow('Enough')
    expect(tab.asked).toEqual(['session'])
  })
})

test('a request that nobody waits for already is not waited for', async () => {
  const tab = openEarly(() => new Promise<Response>(() => {}))
  const request = tab.fetch(transfer, { signal: AbortSignal.abort(new Error('Enough')) })
  await expect(Promise.race([request, settled()])).rejects.toThrow('Enough')
  expect(tab.asked).toEqual([])
})

test('a signal that outlives its request keeps nothing of it', async () => {
  const onabort = vi.spyOn(AbortSignal.prototype, 'onabort', 'set')
  const tab = openEarly(() => json(john))
  expect((await tab.fetch(transfer, { signal: new AbortController().signal })).status).toBe(200)
  expect(onabort.mock.calls.map(([listener]) => typeof listener)).toEqual(['function', 'object'])
  onabort.mockRestore()
})
