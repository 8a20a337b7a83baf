import { expect, test } from 'vitest'
import { createTool, onceLoggedIn } from '../../test/tool-on-loopback.js'
import { loginOnLoopback } from './login-on-loopback.js'

test('a login that nobody else has opened is told when a browser has had the time to come, or its caller gives up', async () => {
  const { client, browser } = await createTool()
  const openBrowser = (url: string) => browser.open(url)
  const openedAt = performance.now()
  expect(await loginOnLoopback({ client, openBrowser, browserStartSeconds: 0.05 })).toMatchObject({ kind: 'logged-in' })
  expect(performance.now() - openedAt).toBeGreaterThan(49)

  const giver = new AbortController()
  const impatient: typeof client = {
    ...client,
    async completeLogin(input) {
      setImmediate(() => giver.abort())
      return client.completeLogin({ ...input, signal: undefined })
    },
  }
  const waiting = loginOnLoopback({ client: impatient, openBrowser, browserStartSeconds: 60, signal: giver.signal })
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
})

test('a browser that comes when somebody else has logged in already is seen yet, and the login is ended', async () => {
  const { client: genuine, browser } = await createTool()
  let address = ''
  const client = onceLoggedIn(genuine, () => setImmediate(() => void fetch(address, { redirect: 'manual' }).catch(() => {})))
  const outcome = await loginOnLoopback({
    client,
    async openBrowser(url) {
      address = url
      await browser.open(url, 'mallory')
    },
  })
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'opened_twice' })
  expect(await browser.shown()).toContain('This login was opened by somebody else')
})
