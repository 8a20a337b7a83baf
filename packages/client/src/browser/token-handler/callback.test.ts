import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { blockStorage, john, nobody, openTab, json, refusal, settled, slot, openBrowser, underWay } from '../../../test/handler-tab.js'

const start = { authorization_url: 'https://login.example.com/authorize' }
const app = 'https://app.example.com'
const callback = `${app}/callback?code=c&state=s`

beforeEach(openBrowser)
afterEach(() => void vi.unstubAllGlobals())

/** A token handler at which John can log in. */
const answers = (path: string) => json(path === 'login/end' ? john : path === 'login/start' ? start : nobody)

describe('a page that looks like a callback', () => {
  test.each([
    '/addresses?state=CA&zip_code=1&code=90210#top',
    '/survey?response=yes#q2',
    '//x.example/?state=1&code=2',
    '/callback?error=x&state=s',
  ])('is none in a tab that began no login: %s stays as it is, and nothing is sent of it', async (path) => {
    const tab = openTab(answers, { url: app + path })
    expect(await tab.handlePage()).toEqual({ status: 'anonymous' })
    expect([tab.shown.url.href, tab.asked]).toEqual([app + path, ['session']])
  })

  test('is told at once, however long its query is', async () => {
    const tab = openTab(answers, { url: `${app}/orders?${'?'.repeat(300_000)}` })
    expect(await tab.handlePage()).toEqual({ status: 'anonymous' })
  })

  test('is one in the tab that began a login, also after a load of another page', async () => {
    const tab = openTab(answers, { url: `${app}/orders?page=2` })
    void tab.login({ returnTo: '/orders?page=2' })
    await settled()
    expect(tab.shown.left).toEqual([start.authorization_url])
    // Back, and forward again.
    await tab.handlePage()
    tab.shown.url = new URL(callback)
    expect(await tab.handlePage()).toEqual({ status: 'authenticated', user: { sub: 'john' } })
    expect(tab.shown.url.href).toBe(`${app}/orders?page=2`)
    expect([tab.asked.at(-1), tab.bodies.at(-1)]).toEqual(['login/end', 'code=c&state=s'])
    expect(tab.kept).toEqual({})
  })

  test('is taken where the browser stores nothing, since nobody can tell there', async () => {
    const tab = openTab(answers, { url: callback })
    blockStorage(tab)
    expect(await tab.handlePage()).toMatchObject({ status: 'authenticated' })
    expect(tab.shown.url.href).toBe(`${app}/callback`)
  })

  test('can have a path that begins with two slashes', async () => {
    const tab = openTab(answers, { url: `${app}//x.example/?code=c&state=s#f` })
    tab.kept[slot] = '/'
    expect(await tab.handlePage()).toMatchObject({ status: 'authenticated' })
    expect(tab.shown.url.href).toBe(`${app}/`)
  })

  test.each(['?error=access_denied&state=s', '?state=s&code=c', '?response=eyJ'])('can look like %s', async (query) => {
    const tab = openTab(answers, { url: `${app}/callback${query}` })
    tab.kept[slot] = '/'
    await tab.handlePage()
    expect(tab.asked).toEqual(['login/end'])
  })

  test('says why a login failed, to the tab that began it, and tells nothing of a login to one that cannot know', async () => {
    const tab = openTab((path) => (path === 'login/end' ? refusal('access_denied', 400) : json(nobody)), { url: callback })
    tab.kept[slot] = '/orders'
    expect(await tab.handlePage()).toEqual({ status: 'anonymous', error: { error: 'access_denied', description: 'Why' } })
    expect(tab.shown.url.href).toBe(`${app}/orders`)
    const other = openTab((path) => (path === 'login/end' ? refusal('access_denied', 400) : json(nobody)), { url: callback })
    blockStorage(other)
    expect(await other.handlePage()).toEqual({ status: 'anonymous' })
  })

  test.each([
    ['the session that there is', john, { status: 'authenticated', user: { sub: 'john' } }],
    ['nobody logged in, and no login begun again by an app that looks', nobody, { status: 'anonymous' }],
  ])(
    'says that the login failed when the token handler does not end it, and goes on where the user was with %s',
    async (_title, session, state) => {
      const tab = openTab((path) => (path === 'login/end' ? json({}, 502) : json(session)), { url: callback })
      tab.kept[slot] = '/orders'
      expect(await tab.handlePage()).toEqual({ ...state, error: { error: 'login_failed' } })
      expect(tab.shown.url.href).toBe(`${app}/orders`)
    },
  )

  test('says nothing of the login while nobody can tell who is logged in', async () => {
    const tab = openTab(() => json({}, 502), { url: callback })
    tab.kept[slot] = '/orders'
    expect(await tab.handlePage()).toEqual({ status: 'unavailable', user: undefined })
  })

  test('ends a login after a renewal that is under way in any tab, whose answer would bring the old cookies back', async () => {
    const { answer, give } = underWay()
    const first = openTab((path) => (path === 'refresh' ? answer : path === 'session' ? json(john) : json({}, 401)))
    await first.handlePage()
    const refused = first.fetch('https://api.example.com/api/orders')
    await settled()
    expect(first.asked.at(-1)).toBe('refresh')
    const second = openTab(answers, { url: callback })
    second.kept[slot] = '/'
    const ended = second.handlePage()
    await settled()
    expect(second.asked).toEqual([])
    give(json({ access_token_expires_in: 300 }))
    expect(await ended).toMatchObject({ status: 'authenticated' })
    expect(second.asked).toContain('login/end')
    await refused
  })
})
