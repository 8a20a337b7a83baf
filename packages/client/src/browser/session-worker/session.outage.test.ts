import { expect, test, vi } from 'vitest'
import { openBrowser, passSeconds, tokensOf } from '../../../test/session-browser.js'

const anonymous = { status: 'anonymous' }
const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })
const withoutRefreshToken = () => ({ ...tokensOf('john'), refreshToken: undefined })

test('a read that fails is an outage: nothing is sent, nobody is logged out, and the next one goes on', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  await vi.waitFor(() => expect(second.told).toMatchObject([authenticated('john')]))
  passSeconds(301)
  vi.spyOn(browser.store, 'get').mockRejectedValueOnce(new DOMException('', 'UnknownError'))
  await expect(second.session.tokens()).rejects.toMatchObject({ name: 'UnknownError' })
  expect(second.endpoint.ask).not.toHaveBeenCalled()
  expect(second.told).toHaveLength(1)
  const renewed = second.session.tokens()
  const { answer } = await second.request()
  answer(tokensOf('john', 'renewed'))
  expect((await renewed).accessToken).toBe('renewed')
  expect((await first.session.tokens()).accessToken).toBe('renewed')
})

test('a tab whose read has failed becomes the user who has logged in since', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  vi.spyOn(browser.store, 'get').mockRejectedValueOnce(new DOMException('', 'UnknownError'))
  expect(await first.session.restore(true)).toMatchObject({ status: 'unavailable' })
  await second.session.begin(tokensOf('jane'))
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(authenticated('jane')))
})

test('a tab that keeps its session to itself becomes the other user who has logged in since', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  browser.store.fault = 'full'
  await first.session.begin(tokensOf('john'))
  browser.store.fault = undefined
  await second.session.begin(tokensOf('jane'))
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(authenticated('jane')))
  expect((await first.session.tokens()).user.sub).toBe('jane')
})

test('where nothing is stored, tabs of one user do not log each other out', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  browser.store.fault = 'missing'
  await first.session.begin(tokensOf('john'))
  await second.session.begin(tokensOf('john'))
  await vi.waitFor(() => expect(first.told).toEqual([authenticated('john')]))
  await second.session.begin(tokensOf('jane'))
  await vi.waitFor(() => expect(first.told).toEqual([authenticated('john'), anonymous]))
})

test('a logout while the storage cannot be read ends what this tab knows of', async () => {
  using browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  vi.spyOn(browser.store, 'get').mockRejectedValueOnce(new DOMException('', 'UnknownError'))
  expect(await session.end()).toMatchObject({ ended: { user: { sub: 'john' } }, isGone: true })
  expect(await session.restore(true)).toEqual(anonymous)
})

test('a session without a refresh token is not ended by an API that refuses its token', async () => {
  using browser = openBrowser()
  const { session, told } = browser.open()
  await session.begin(withoutRefreshToken())
  expect((await session.tokens('john’s')).accessToken).toBe('john’s')
  expect(told).toEqual([])
})

test('a session without a refresh token is not ended by a clock that is set back', async () => {
  using browser = openBrowser()
  const { session, told } = browser.open()
  await session.begin(withoutRefreshToken())
  vi.setSystemTime(Date.now() - 2000)
  expect((await session.tokens()).accessToken).toBe('john’s')
  expect(told).toEqual([])
})

test('what a refresh brings is kept before it is looked at: the next one goes on from there, in any tab', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toThrow('not now')
  const { fail, rotate } = await first.request()
  await rotate('rotated')
  expect((await browser.open().vault.read())?.refreshToken).toBe('rotated')
  fail(new Error('not now'))
  await waiting
  const second = browser.open()
  void second.session.tokens().catch(() => {})
  await second.request()
  expect(second.endpoint.ask.mock.calls[0]?.[0]).toMatchObject({ refresh_token: 'rotated' })
})

test('what a refresh brings after a logout is not kept', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  const { answer, rotate } = await first.request()
  const second = browser.open()
  await second.vault.write(undefined)
  await rotate('rotated')
  expect(await second.vault.read()).toBe(undefined)
  answer(tokensOf('john', 'late'))
  await waiting
  expect(first.endpoint.revoke.mock.calls).toMatchObject([[{ accessToken: 'late' }]])
})

test('a renewal that is answered after everybody has given up is kept, and told', async () => {
  using browser = openBrowser(50)
  const { session, request, told, endpoint } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(session.tokens()).rejects.toThrow('does not answer')
  const { answer } = await request()
  await waiting
  expect(told).toEqual([])
  answer(tokensOf('john', 'renewed'))
  await vi.waitFor(() => expect(told).toEqual([authenticated('john')]))
  expect((await session.tokens()).accessToken).toBe('renewed')
  expect((await browser.open().vault.read())?.accessToken).toBe('renewed')
  expect(endpoint.ask).toHaveBeenCalledTimes(1)
})

test('a token that an API has refused is not taken out of the storage again', async () => {
  using browser = openBrowser()
  await browser.open().session.begin(tokensOf('john'))
  const { session, request } = browser.open()
  const renewed = session.tokens('john’s')
  const { answer } = await request()
  answer(tokensOf('john', 'renewed'))
  expect((await renewed).accessToken).toBe('renewed')
})
