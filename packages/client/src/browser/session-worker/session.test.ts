import { expect, test, vi } from 'vitest'
import { openBrowser, passSeconds, tokensOf } from '../../../test/session-browser.js'

const anonymous = { status: 'anonymous' }
const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })

test('tokens that are good are taken up without waiting for anybody who renews', async () => {
  using browser = openBrowser()
  await browser.open().session.begin(tokensOf('john'))
  browser.holdLock()
  expect(await browser.open().session.restore()).toEqual(authenticated('john'))
})

test('a lock that nobody lets go makes the server unavailable, and keeps nobody from logging in or out', async () => {
  using browser = openBrowser(50)
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  browser.holdLock()
  await expect(session.tokens()).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(await session.restore()).toEqual({ ...authenticated('john'), status: 'unavailable' })
  expect(await session.begin(tokensOf('john'))).toEqual(authenticated('john'))
  expect(await session.end()).toMatchObject({ ended: { user: { sub: 'john' } }, isGone: true })
  expect(await session.restore()).toEqual(anonymous)
})

test('nobody is anonymous without a lock too', async () => {
  using browser = openBrowser()
  browser.holdLock()
  expect(await browser.open().session.restore()).toEqual(anonymous)
})

test('a logout is told at once, and who waits for a renewal hears that nobody is logged in', async () => {
  using browser = openBrowser()
  const { session, told, request, endpoint } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await request()
  const ending = session.end()
  expect(told).toEqual([anonymous])
  await waiting
  expect((await ending).isGone).toBe(true)
  expect(await session.restore()).toEqual(anonymous)
  expect(endpoint.ask).toHaveBeenCalledTimes(1)
  // Nothing was wrong with the server.
  await session.begin({ ...tokensOf('john'), expiresAt: Date.now() + 1000 })
  passSeconds(2)
  void session.tokens().catch(() => {})
  await request(2)
})

test('who waits for the lock as the user logs out hears that nobody is logged in', async () => {
  using browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  browser.holdLock()
  const lock = vi.spyOn(navigator.locks, 'request')
  const waiting = expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await vi.waitFor(() => expect(lock).toHaveBeenCalled(), { interval: 1 })
  await session.end()
  await waiting
})

test('nothing that is asked while a logout is under way finds the session', async () => {
  using browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  const ending = session.end()
  await expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await ending
  expect(await session.restore()).toEqual(anonymous)
})

test('what a renewal brings as the user logs out is dropped and revoked', async () => {
  using browser = openBrowser()
  const { session, request, endpoint, told } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  const { answer } = await request()
  answer(tokensOf('john', 'late'))
  const ending = session.end()
  await waiting
  await ending
  expect(endpoint.revoke.mock.calls).toMatchObject([[{ accessToken: 'late' }]])
  expect(told.at(-1)).toEqual(anonymous)
  expect(await session.restore()).toEqual(anonymous)
  expect(await browser.open().session.restore()).toEqual(anonymous)
})

test('a tab that has missed a logout finds out when it is told to look', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  await first.vault.write(undefined)
  expect(await first.session.restore()).toEqual(authenticated('john'))
  expect(await first.session.restore(true)).toEqual(anonymous)
})

test('a session without a refresh token is good to its end', async () => {
  using browser = openBrowser()
  const { session, told } = browser.open()
  await session.begin({ ...tokensOf('john'), refreshToken: undefined })
  passSeconds(299)
  const get = vi.spyOn(browser.store, 'get')
  expect((await session.tokens()).user.sub).toBe('john')
  expect(told).toEqual([])
  // Nobody looks for what could renew it.
  await new Promise(setImmediate)
  expect(get).not.toHaveBeenCalled()
  passSeconds(2)
  await expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  expect(told).toEqual([anonymous])
})

test('a logout of a session that can be neither overwritten nor deleted says so, and this tab has none', async () => {
  using browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  browser.store.fault = 'read-only'
  expect(await session.end()).toMatchObject({ ended: { user: { sub: 'john' } }, isGone: false })
  expect(await session.restore(true)).toEqual(anonymous)
})

test('a storage that takes nothing keeps nobody from logging in, and renewing', async () => {
  using browser = openBrowser()
  const { session, request } = browser.open()
  browser.store.fault = 'read-only'
  expect(await session.begin(tokensOf('john'))).toEqual({ status: 'authenticated', user: { sub: 'john' } })
  passSeconds(301)
  const renewed = session.tokens()
  const { answer } = await request()
  answer(tokensOf('john', 'renewed'))
  expect((await renewed).accessToken).toBe('renewed')
})

test('a renewal that finds the storage taking nothing serves this tab', async () => {
  using browser = openBrowser()
  const { session, request } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  const renewed = session.tokens()
  const { answer } = await request()
  browser.store.fault = 'read-only'
  answer(tokensOf('john', 'renewed'))
  expect((await renewed).accessToken).toBe('renewed')
})
