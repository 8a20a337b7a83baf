import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, jane, john, json, nobody, openBrowser, openTab, refusal, settled, underWay } from '../../../test/handler-tab.js'

beforeEach(openBrowser)
afterEach(() => void vi.unstubAllGlobals())

const asJohn = { status: 'authenticated', user: { sub: 'john' } }
const outage = () => Promise.reject(new TypeError('Failed to fetch'))

describe('the session at a token handler', () => {
  test('is what the token handler says, and an outage logs nobody out', async () => {
    let answer: () => Answer = () => json(john)
    const tab = openTab(() => answer())
    expect(await tab.handlePage()).toEqual(asJohn)
    answer = outage
    expect(await tab.handlePage()).toEqual({ status: 'unavailable', user: { sub: 'john' } })
    answer = () => json(nobody)
    expect(await tab.handlePage()).toEqual({ status: 'anonymous' })
    answer = () => refusal('session_expired')
    expect(await tab.handlePage()).toEqual({ status: 'anonymous' })
  })

  test.each([
    [{}],
    [null],
    [{ is_logged_in: true }],
    [{ is_logged_in: true, id_token_claims: 'john' }],
    [{ is_logged_in: true, id_token_claims: {} }],
    [{ is_logged_in: true, id_token_claims: null }],
  ])('takes nobody’s name from %j', async (answer) => {
    expect(await openTab(() => json(answer)).handlePage()).toEqual({ status: 'unavailable', user: undefined })
  })

  test('a logout is not undone by an answer that was under way', async () => {
    const { answer, give } = underWay()
    const answers: Answer[] = [answer, json(nobody)]
    const tab = openTab((path) => (path === 'logout' ? json({}) : (answers.shift() ?? json(nobody))))
    const restored = tab.handlePage()
    await settled()
    await tab.logout({ returnTo: '/' })
    give(json(john))
    expect(await restored).toEqual({ status: 'anonymous' })
    expect(tab.getState()).toEqual({ status: 'anonymous' })
  })

  test('a logout in another tab is not undone either, in a tab that knows of nobody', async () => {
    const { answer, give } = underWay()
    const answers: Answer[] = [json(nobody), answer]
    const handler = (path: string) => (path === 'logout' ? json({}) : (answers.shift() ?? json(nobody)))
    const [first, second] = [openTab(handler), openTab(handler)]
    await first.handlePage()
    const restored = first.handlePage()
    await settled()
    await second.logout({ returnTo: '/' })
    give(json(john))
    expect(await restored).toEqual({ status: 'anonymous' })
  })

  test('is the same in every tab, also when its access is renewed or another user logs in', async () => {
    const [first, second] = [openTab(() => json(john)), openTab((path) => json(path === 'login/end' ? jane : john))]
    await first.handlePage()
    second.kept['bailiwick https://api.example.com/token-handler'] = '/'
    second.shown.url = new URL('https://app.example.com/?code=c&state=s')
    await second.handlePage()
    expect(first.getState()).toMatchObject({ user: { sub: 'jane' } })
    await second.logout({ returnTo: '/' })
    expect(first.getState()).toEqual({ status: 'anonymous' })
  })

  test('is asked for anew when a page is shown again that was frozen, and so ends a login that the user went back from', async () => {
    let session: object = nobody
    const tab = openTab((path) => json(path === 'login/start' ? { authorization_url: 'https://login.example.com/' } : session))
    await tab.handlePage()
    const pending = tab.login({ returnTo: '/' })
    await settled()
    session = john
    tab.shown.show(false)
    await settled()
    expect(tab.asked).toEqual(['session', 'login/start'])
    tab.shown.show(true)
    expect(await pending).toEqual(asJohn)
  })
})

test('a page that many logins have left has one listener for them', async () => {
  const tab = openTab((path) => json(path === 'login/start' ? { authorization_url: 'https://login.example.com/' } : nobody))
  await tab.handlePage()
  const listen = vi.fn()
  vi.stubGlobal('addEventListener', listen)
  for (let logins = 0; logins < 3; logins++) void tab.login()
  await settled()
  expect([tab.shown.left.length, listen.mock.calls]).toEqual([3, []])
})

describe('a logout', () => {
  test('goes on at the server’s own page, and nobody is logged in any more', async () => {
    const tab = openTab((path) => json(path === 'logout' ? { logout_url: 'https://login.example.com/end' } : john))
    await tab.handlePage()
    await tab.logout({ returnTo: '/' })
    expect([tab.getState(), tab.shown.left]).toEqual([{ status: 'anonymous' }, ['https://login.example.com/end']])
  })

  test('of a session that is over already is done', async () => {
    const tab = openTab((path) => (path === 'logout' ? refusal('session_expired') : json(john)))
    await tab.handlePage()
    await tab.logout({ returnTo: '/' })
    expect(tab.getState()).toEqual({ status: 'anonymous' })
  })

  test.each<[string, () => Answer]>([
    ['without an answer', outage],
    ['that is refused', () => refusal('unauthorized', 403)],
    ['whose page the token handler does not take', () => refusal('unauthorized_request')],
  ])('%s logs nobody out, since the cookies are still there', async (_title, logout) => {
    const tab = openTab((path) => (path === 'logout' ? logout() : json(john)))
    await tab.handlePage()
    await expect(tab.logout({ returnTo: '/' })).rejects.toMatchObject({ code: 'unavailable' })
    expect(tab.getState()).toEqual(asJohn)
  })
})

test.each(['javascript:alert(1)', 'http://login.example.com/', undefined])('the browser is sent to no such URL as %s', async (url) => {
  const tab = openTab((path) => json(path === 'session' ? john : { authorization_url: url, logout_url: url }))
  await expect(tab.login({ returnTo: '/' })).rejects.toMatchObject({ code: 'unavailable' })
  if (url) await expect(tab.logout({ returnTo: '/' })).rejects.toMatchObject({ code: 'unavailable' })
  expect(tab.shown.left).toEqual([])
})

test('a popup for a login that cannot begin is closed', async () => {
  const close = vi.fn()
  vi.stubGlobal('open', () => ({ close }))
  const tab = openTab(outage)
  await expect(tab.login({ returnTo: '/', display: 'popup' })).rejects.toMatchObject({ code: 'unavailable' })
  expect(close).toHaveBeenCalledOnce()
})

test.each([
  [{}, undefined, ''],
  [{ scope: 'b c' }, 'openid b', 'scope=openid+b+c'],
  [{ acrValues: ['urn:a', 'urn:b'], maxAgeSeconds: 0 }, undefined, 'acr_values=urn%3Aa+urn%3Ab&max_age=0'],
  [{ loginHint: 'john', prompt: 'login' as const }, 'openid', 'scope=openid&login_hint=john&prompt=login'],
])('a login for %j asks, beside the scope %s, for %s', async (request, scope, form) => {
  const tab = openTab(() => json({ authorization_url: 'https://login.example.com/' }), scope === undefined ? {} : { scope })
  void tab.login({ ...request, returnTo: '/' })
  await settled()
  expect([tab.asked, tab.bodies]).toEqual([['login/start'], [form]])
  expect(tab.shown.left).toEqual(['https://login.example.com/'])
})
