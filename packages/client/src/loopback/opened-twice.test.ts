import { expect, test } from 'vitest'
import { createTool, loginAtOnce, loginUrlBehind, onceLoggedIn } from '../../test/tool-on-loopback.js'

/** What somebody sees who comes to an address of the open port. */
async function visit(address: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(address, { redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

test('a login whose address somebody else has opened before the browser is ended, and the user is told', async () => {
  const { issuer, client } = await createTool()
  let visiting = Promise.resolve({ status: 0, text: '' })
  const outcome = await loginAtOnce({
    client,
    async openBrowser(address) {
      await loginUrlBehind(address)
      visiting = visit(address)
    },
    applicationName: 'Shop',
  })
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'opened_twice', cause: { code: 'response_invalid' } })
  const seen = await visiting
  expect(seen.status).toBe(409)
  expect(seen.text).toContain('This login was opened by somebody else')
  expect(seen.text).toContain('go back to Shop')
  expect(issuer.requests.map(({ endpoint }) => endpoint)).not.toContain('token')
})

test('what somebody else brings who was faster is not used when the browser comes', async () => {
  const { issuer, client } = await createTool()
  let page = Promise.resolve('')
  const outcome = await loginAtOnce({
    client,
    async openBrowser(address) {
      const answer = await issuer.fetch(await loginUrlBehind(address), { headers: { 'mock-user': 'mallory' }, redirect: 'manual' })
      const [, callback] = await Promise.all([visit(address), fetch(answer.headers.get('location') ?? '').catch(() => undefined)])
      page = callback?.text() ?? page
    },
  })
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'opened_twice' })
  expect(await page).not.toContain('You are logged in')
})

test('tokens that were got before the browser came are not used', async () => {
  const { client: genuine, browser } = await createTool()
  let address = ''
  let page = ''
  const client = onceLoggedIn(genuine, () => visit(address))
  const outcome = await loginAtOnce({
    client,
    async openBrowser(url) {
      address = url
      await browser.open(url, 'mallory')
      page = await browser.shown()
    },
  })
  await expect.poll(() => page).toContain('This login was opened by somebody else')
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'opened_twice' })
})

test('the URL that is shown may be opened besides, since nobody is told it but the user', async () => {
  const { issuer, client } = await createTool()
  let shown = ''
  const outcome = await loginAtOnce({
    client,
    onLoginUrl: (url) => (shown = url),
    async openBrowser() {
      const answer = await issuer.fetch(shown, { headers: { 'mock-user': 'john' }, redirect: 'manual' })
      await fetch(answer.headers.get('location') ?? '')
    },
  })
  expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { claims: { sub: 'john' } } })
})
