import { expect, test, vi } from 'vitest'
import { openBrowser, passSeconds, tokensOf } from '../../../test/session-browser.js'
import { TokenRefusal } from './token-response.js'

const anonymous = { status: 'anonymous' }
const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })

test('what was read before a login is not taken for what is there after it', async () => {
  using browser = openBrowser()
  await browser.open().session.begin(tokensOf('john'))
  const { session } = browser.open()
  const { record } = browser.store
  let release = () => {}
  const get = vi.spyOn(browser.store, 'get').mockImplementationOnce(async () => {
    await new Promise<void>((resolve) => (release = resolve))
    return record
  })
  const restoring = session.restore()
  await vi.waitFor(() => expect(get).toHaveBeenCalled())
  await session.begin(tokensOf('jane'))
  release()
  expect(await restoring).toEqual(authenticated('jane'))
  expect((await session.tokens()).user.sub).toBe('jane')
})

test('what a renewal brings after a logout in another tab is dropped and revoked, also before the news of it is heard', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  const { answer } = await first.request()
  const second = browser.open()
  await second.vault.write(undefined)
  answer(tokensOf('john', 'late'))
  await waiting
  expect(first.endpoint.revoke.mock.calls).toMatchObject([[{ accessToken: 'late' }]])
  expect(await browser.open().session.restore()).toEqual(anonymous)
})

test('a logout reaches a tab that waits for its renewal', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await first.request()
  const second = browser.open()
  await second.session.end()
  await waiting
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(anonymous))
})

test('a logout in another tab ends a session that only this tab has', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  browser.store.fault = 'missing'
  await first.session.begin(tokensOf('john'))
  await second.session.end()
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(anonymous))
  await expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
})

test('a login in another tab is not undone by a renewal of the session before', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { answer } = await first.request()
  const second = browser.open()
  await second.session.begin(tokensOf('jane'))
  answer(tokensOf('john', 'late'))
  expect((await waiting).user.sub).toBe('jane')
  expect(await browser.open().session.restore()).toEqual(authenticated('jane'))
})

test('a login in another tab is not undone where it has to be renewed at once, and the server is away', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toThrow('away')
  const { answer } = await first.request()
  const second = browser.open()
  await second.vault.write({ ...tokensOf('jane'), expiresAt: 0 })
  answer(tokensOf('john', 'late'))
  const { fail } = await first.request(2)
  fail(new Error('away'))
  await waiting
  expect(first.endpoint.revoke).not.toHaveBeenCalled()
  expect((await second.vault.read())?.user.sub).toBe('jane')
})

test('a refresh token that is not good any more ends no session that has begun meanwhile', async () => {
  using browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { fail } = await first.request()
  const second = browser.open()
  await second.session.begin(tokensOf('jane'))
  fail(new TokenRefusal('invalid_grant'))
  expect((await waiting).user.sub).toBe('jane')
  expect(await browser.open().session.restore()).toEqual(authenticated('jane'))
})

test('where the storage is full, a renewal serves this tab, and no other uses what is spent', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  expect(await second.session.restore()).toEqual(authenticated('john'))
  passSeconds(301)
  browser.store.fault = 'full'
  const renewed = first.session.tokens()
  const { answer } = await first.request()
  answer(tokensOf('john', 'renewed'))
  expect((await renewed).accessToken).toBe('renewed')
  expect(await first.session.restore(true)).toEqual(authenticated('john'))
  await expect(second.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  expect(second.endpoint.ask).not.toHaveBeenCalled()
})

test('a session that the server has ended ends in every tab', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john', 'refused by an API'))
  await vi.waitFor(() => expect(second.told).toMatchObject([authenticated('john')]))
  const waiting = expect(first.session.tokens('refused by an API')).rejects.toMatchObject({ code: 'no_session' })
  const { fail } = await first.request()
  fail(new TokenRefusal('invalid_grant'))
  await waiting
  await vi.waitFor(() => expect(second.told.at(-1)).toEqual(anonymous))
})
