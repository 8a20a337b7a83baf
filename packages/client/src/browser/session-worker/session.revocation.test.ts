import { expect, test, vi } from 'vitest'
import { openBrowser, passSeconds, tokensOf } from '../../../test/session-browser.js'

const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })
type Tab = ReturnType<ReturnType<typeof openBrowser>['open']>
const revoked = ({ endpoint }: Tab) => endpoint.revoke.mock.calls.map(([{ refreshToken }]) => refreshToken)

test('a login of another user has the refresh token of the one before revoked, in a page that has not seen them too', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  await second.session.begin(tokensOf('jane'))
  expect([revoked(first), revoked(second)]).toEqual([[], ['john’s refresh']])
  await second.session.begin(tokensOf('john'))
  expect(revoked(second)).toEqual(['john’s refresh', 'jane’s refresh'])
})

test('a further login of the same user revokes nothing: the server might end both', async () => {
  using browser = openBrowser()
  const tab = browser.open()
  await tab.session.begin(tokensOf('john'))
  await tab.session.begin(tokensOf('john', 'stepped up'))
  expect(revoked(tab)).toEqual([])
})

test.each(['full', 'read-only', 'missing', 'silent'] as const)('so it is where the storage is %s', async (fault) => {
  using browser = openBrowser()
  const tab = browser.open()
  await tab.session.begin(tokensOf('john'))
  browser.store.fault = fault
  expect(await tab.session.begin(tokensOf('jane'))).toEqual(authenticated('jane'))
  expect(revoked(tab)).toEqual(['john’s refresh'])
})

test('what a login finds in a full storage is revoked by a page that has not seen it', async () => {
  using browser = openBrowser()
  await browser.open().session.begin(tokensOf('john'))
  browser.store.fault = 'full'
  const tab = browser.open()
  await tab.session.begin(tokensOf('jane'))
  expect(revoked(tab)).toEqual(['john’s refresh'])
})

test('a login does not wait for the revocation', async () => {
  using browser = openBrowser()
  const { session, endpoint } = browser.open()
  await session.begin(tokensOf('john'))
  endpoint.revoke.mockReturnValue(new Promise(() => {}))
  expect(await session.begin(tokensOf('jane'))).toEqual(authenticated('jane'))
  expect(endpoint.revoke).toHaveBeenCalledTimes(1)
})

test('what is revoked is what was overwritten, and not what was there a moment before', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  const { update } = browser.store
  const renewMeanwhile = () =>
    vi.spyOn(browser.store, 'update').mockImplementationOnce(async (change) => {
      await first.vault.write(tokensOf('john', 'renewed'), await first.vault.read())
      return update(change)
    })
  renewMeanwhile()
  await second.session.begin(tokensOf('jane'))
  expect(revoked(second)).toEqual(['renewed refresh'])
  renewMeanwhile()
  expect((await second.session.end()).ended?.accessToken).toBe('renewed')
})

test('what a renewal brings for a user after whom another has logged in is revoked', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { answer } = await first.request()
  await second.session.begin(tokensOf('jane'))
  answer(tokensOf('john', 'late'))
  expect((await waiting).user.sub).toBe('jane')
  expect(revoked(first)).toEqual(['late refresh'])
})

test('what a renewal brings after the same user has logged in again is not: the server might end both', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = first.session.tokens()
  const { answer } = await first.request()
  await second.session.begin(tokensOf('john', 'again'))
  answer(tokensOf('john', 'late'))
  expect((await waiting).accessToken).toBe('again')
  expect(revoked(first)).toEqual([])
})

test.each([
  ['a login of another user', (tab: Tab) => tab.session.begin(tokensOf('jane'))],
  ['a logout', (tab: Tab) => tab.session.end()],
])('what only one tab has is revoked after %s in another', async (_title, act) => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  browser.store.fault = 'full'
  await first.session.begin(tokensOf('john'))
  browser.store.fault = undefined
  await act(second)
  await vi.waitFor(() => expect(revoked(first)).toEqual(['john’s refresh']))
})

test('what all tabs have is revoked by one of them', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  await second.session.begin(tokensOf('jane'))
  await vi.waitFor(() => expect(first.told).toEqual([authenticated('jane')]))
  expect([revoked(first), revoked(second)]).toEqual([[], ['john’s refresh']])
})
