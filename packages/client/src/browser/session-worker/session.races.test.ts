import { expect, test, vi } from 'vitest'
import { openBrowser, passSeconds, tokensOf } from '../../../test/session-browser.js'

const anonymous = { status: 'anonymous' }
const authenticated = (sub: string) => ({ status: 'authenticated', user: { sub } })

test('a login during which another user has logged in elsewhere is theirs in every tab', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  const { update } = browser.store
  let release = () => {}
  await first.vault.keyPair()
  vi.spyOn(browser.store, 'update').mockImplementationOnce(async (change) => {
    const record = await update(change)
    await new Promise<void>((resolve) => (release = resolve))
    return record
  })
  const beginning = first.session.begin(tokensOf('john'))
  await vi.waitFor(() => expect(browser.store.record?.sealed).toBeInstanceOf(ArrayBuffer))
  await second.session.begin(tokensOf('jane'))
  await vi.waitFor(() => expect(first.told).toEqual([authenticated('jane')]))
  release()
  expect(await beginning).toEqual(authenticated('jane'))
  expect((await first.session.tokens()).user.sub).toBe('jane')
})

test('a login in another tab is heard of while this one waits for a renewal that hangs', async () => {
  using browser = openBrowser(200)
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toThrow('does not answer')
  await first.request()
  await second.session.begin(tokensOf('jane'))
  await waiting
  await vi.waitFor(() => expect(first.told).toEqual([authenticated('jane')]))
  expect((await first.session.tokens()).user.sub).toBe('jane')
})

test('a logout that is heard of while a renewal is written has what was renewed dropped and revoked', async () => {
  using browser = openBrowser()
  const [first, second] = [browser.open(), browser.open()]
  await first.session.begin(tokensOf('john'))
  await vi.waitFor(() => expect(second.told).toEqual([authenticated('john')]))
  passSeconds(301)
  const waiting = expect(first.session.tokens()).rejects.toMatchObject({ code: 'no_session' })
  const { answer } = await first.request()
  const { update } = browser.store
  vi.spyOn(browser.store, 'update').mockImplementationOnce(async (change) => {
    const record = await update(change)
    expect((await second.session.end()).ended?.accessToken).toBe('renewed')
    await vi.waitFor(() => expect(first.told).toEqual([anonymous]))
    return record
  })
  answer(tokensOf('john', 'renewed'))
  await waiting
  expect(first.told.at(-1)).toEqual(anonymous)
  expect(first.endpoint.revoke.mock.calls).toMatchObject([[{ accessToken: 'renewed' }]])
})
