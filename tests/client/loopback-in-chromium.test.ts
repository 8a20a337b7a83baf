import { existsSync } from 'node:fs'
import { createClient } from '@bailiwick/client'
import { loginOnLoopback } from '@bailiwick/client/loopback'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const executablePath = '/usr/bin/chromium'

describe.skipIf(!existsSync(executablePath))('in Chromium', () => {
  let browser: Browser
  let issuer: MockIssuer

  beforeAll(async () => {
    // Chromium's own sandbox does not start for root, who runs tests in containers; nothing but this test's pages is opened.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    issuer = await createMockIssuer({ clients: [{ clientId: 'shop-cli', name: 'Shop', redirectUris: ['http://127.0.0.1/callback'] }] })
    await issuer.listen()
  })

  afterAll(async () => {
    await browser?.close()
    await issuer?.[Symbol.asyncDispose]()
  })

  /** A login whose user does with the login page what is said. */
  async function logIn(use: (page: Page) => Promise<void>, colorScheme: 'light' | 'dark' = 'light') {
    const page = await browser.newPage({ colorScheme, viewport: { width: 900, height: 560 } })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('requestfailed', (request) => complaints.push(request.url()))
    const client = createClient({
      issuer: issuer.issuer,
      clientId: 'shop-cli',
      authentication: { method: 'none' },
      redirectUri: 'http://127.0.0.1/callback',
    })
    const openBrowser = async (url: string) => {
      await page.goto(url)
      await use(page)
    }
    const outcome = await loginOnLoopback({ client, openBrowser, applicationName: 'the shop tool' })
    await page.waitForURL('http://127.0.0.1:*/callback?**')
    return { page, outcome, complaints }
  }

  test.each(['light', 'dark'] as const)('a click on a user logs in, and the page says so, in %s', async (scheme) => {
    const { page, outcome, complaints } = await logIn((login) => login.getByRole('button', { name: 'John' }).click(), scheme)
    expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { claims: { sub: 'john' } } })
    expect(await page.title()).toBe('You are logged in')
    expect(await page.getByRole('main').innerText()).toBe('You are logged in\n\nYou can close this window and go back to the shop tool.')
    expect(complaints).toEqual([])
    const [canvas, text] = await page.evaluate<string[]>(
      "['backgroundColor', 'color'].map((name) => getComputedStyle(document.body)[name])",
    )
    expect([canvas, text]).toEqual(
      scheme === 'light' ? ['rgb(238, 241, 245)', 'rgb(23, 32, 43)'] : ['rgb(14, 19, 25)', 'rgb(232, 237, 243)'],
    )
  })

  test('the user who cancels is told that nothing was shared', async () => {
    const { page, outcome, complaints } = await logIn((login) => login.getByRole('button', { name: 'Cancel' }).click())
    expect(outcome).toMatchObject({ kind: 'refused', error: { error: 'access_denied' } })
    expect(await page.title()).toBe('You are not logged in')
    expect(complaints).toEqual([])
  })

  test('nothing is left behind that a reload could use', async () => {
    const { page } = await logIn((login) => login.getByRole('button', { name: 'John' }).click())
    await expect(page.reload()).rejects.toThrow('ERR_CONNECTION_REFUSED')
  })
})
