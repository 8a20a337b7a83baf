import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemorySessionStore } from '../../../test/memory-session-store.js'
import { createLocks } from '../../../test/web-locks.js'
import { createSession } from './session.js'
import { createSessionVault, type SessionTokens, type VaultRecord } from './session-vault.js'
import type { TokenEndpoint } from './token-endpoint.js'
import { TokenRefusal } from './token-response.js'

const settings = { issuer: 'https://login.example.com', clientId: 'app', redirectUri: 'https://app.example.com/', timeoutMs: 50 }
const lock = `bailiwick ${settings.issuer} ${settings.clientId}`
const now = 1_800_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now })
  vi.stubGlobal('navigator', { locks: createLocks() })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const tokensOf = (sub: string, accessToken = `${sub}’s`): SessionTokens => ({
  accessToken,
  isBound: false,
  receivedAt: Date.now(),
  expiresAt: Date.now() + 300_000,
  refreshToken: `${accessToken} refresh`,
  idToken: 'id',
  user: { sub },
})

/** Tabs of one browser, each with a server that answers when the test says so. */
function openBrowser() {
  const store = createMemorySessionStore<VaultRecord>()
  return {
    store,
    open() {
      const told: unknown[] = []
      const vault = createSessionVault('app', store)
      const asked: { answer(tokens: SessionTokens): void; fail(error: Error): void }[] = []
      const endpoint = {
        senderKey: async () => undefined,
        ask: vi.fn<TokenEndpoint['ask']>(
          (_form, _previous, signal) =>
            new Promise((answer, fail) => {
              signal?.addEventListener('abort', () => fail(signal.reason as Error))
              asked.push({ answer, fail })
            }),
        ),
        revoke: vi.fn<TokenEndpoint['revoke']>(async () => {}),
      }
      const session = createSession(settings, vault, endpoint, (state) => told.push(state))
      /** When the server is asked for the time of that number. */
      const request = (number = 1) => vi.waitUntil(() => asked[number - 1], { interval: 1 })
      return { session, vault, endpoint, told, request }
    },
  }
}

const anonymous = { status: 'anonymous' }
const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })
const passSeconds = (seconds: number) => void vi.advanceTimersByTime(seconds * 1000)
/** A holder that never lets go. */
const holdLock = () => void navigator.locks.request(lock, { signal: new AbortController().signal }, () => new Promise(() => {}))

test('tokens that are good are taken up without waiting for anybody who renews', async () => {
  const browser = openBrowser()
  await browser.open().session.begin(tokensOf('john'))
  holdLock()
  expect(await browser.open().session.restore()).toEqual(authenticated('john'))
})

test('a lock that nobody lets go makes the server unavailable, and keeps nobody from logging in or out', async () => {
  const browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  passSeconds(301)
  holdLock()
  await expect(session.tokens()).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(await session.restore()).toEqual({ ...authenticated('john'), status: 'unavailable' })
  expect(await session.begin(tokensOf('john'))).toEqual(authenticated('john'))
  expect(await session.end()).toMatchObject({ ended: { user: { sub: 'john' } }, isGone: true })
  expect(await session.restore()).toEqual(anonymous)
})

test('nobody is anonymous without a lock too', async () => {
  holdLock()
  expect(await openBrowser().open().session.restore()).toEqual(anonymous)
})

test('a logout is told at once, and who waits for a renewal hears that nobody is logged in', async () => {
  const { session, told, request, endpoint } = openBrowser().open()
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
})

test('nothing that is asked while a logout is under way finds the session', async () => {
  const { session } = openBrowser().open()
  await session.begin(tokensOf('john'))
  const ending = session.end()
  await expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await ending
  expect(await session.restore()).toEqual(anonymous)
})

test('what a renewal brings after a logout in another tab is dropped and revoked, also before the news of it is heard', async () => {
  const browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  const { answer } = await first.request()
  await second.vault.write(undefined)
  answer(tokensOf('john', 'late'))
  await waiting
  expect(first.endpoint.revoke.mock.calls).toMatchObject([[{ accessToken: 'late' }]])
  expect(await browser.open().session.restore()).toEqual(anonymous)
})

test('what a renewal brings as the user logs out is dropped and revoked', async () => {
  const browser = openBrowser()
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

test('a logout reaches a tab that waits for its renewal', async () => {
  const browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  await first.request()
  await second.session.end()
  await waiting
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(anonymous))
})

test('a logout in another tab ends a session that only this tab has', async () => {
  const browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  browser.store.fault = 'missing'
  await first.session.begin(tokensOf('john'))
  await second.session.end()
  await vi.waitFor(() => expect(first.told.at(-1)).toEqual(anonymous))
  await expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
})

test('a login in another tab is not undone by a renewal of the session before', async () => {
  const browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { answer } = await first.request()
  await second.session.begin(tokensOf('jane'))
  answer(tokensOf('john', 'late'))
  expect((await waiting).user.sub).toBe('jane')
  expect(first.endpoint.revoke).not.toHaveBeenCalled()
  expect(await browser.open().session.restore()).toEqual(authenticated('jane'))
})

test('a refresh token that is not good any more ends no session that has begun meanwhile', async () => {
  const browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { fail } = await first.request()
  await second.session.begin(tokensOf('jane'))
  fail(new TokenRefusal('invalid_grant'))
  expect((await waiting).user.sub).toBe('jane')
  expect(await browser.open().session.restore()).toEqual(authenticated('jane'))
})

test('a tab that has missed a logout finds out when it is told to look', async () => {
  const browser = openBrowser()
  const first = browser.open()
  await first.session.begin(tokensOf('john'))
  await first.vault.write(undefined)
  expect(await first.session.restore()).toEqual(authenticated('john'))
  expect(await first.session.restore(true)).toEqual(anonymous)
})

test('a session without a refresh token is good to its end', async () => {
  const { session, told } = openBrowser().open()
  await session.begin({ ...tokensOf('john'), refreshToken: undefined })
  passSeconds(299)
  expect((await session.tokens()).user.sub).toBe('john')
  expect(told).toEqual([])
  passSeconds(2)
  await expect(session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  expect(told).toEqual([anonymous])
})

test('a logout of a session that can be neither overwritten nor deleted says so, and this tab has none', async () => {
  const browser = openBrowser()
  const { session } = browser.open()
  await session.begin(tokensOf('john'))
  browser.store.fault = 'read-only'
  expect(await session.end()).toMatchObject({ ended: { user: { sub: 'john' } }, isGone: false })
  expect(await session.restore(true)).toEqual(anonymous)
})

test('where the storage is full, a renewal serves this tab, and no other uses what is spent', async () => {
  const browser = openBrowser()
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
