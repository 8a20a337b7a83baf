import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIssuerHost, createMockIssuer } from '../src/index.js'
import type { MockIssuer } from '../src/index.js'
import { hasChromium, launchChromium, violations } from './chromium.js'

const users = [{ sub: 'john', name: 'John', description: 'Trader, New York', claims: { account_nr: '42' } }, { sub: 'jane' }]

describe.skipIf(!hasChromium)('the dashboard in Chromium', () => {
  let browser: Browser
  const issuers: MockIssuer[] = []

  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    for (const issuer of issuers) await issuer[Symbol.asyncDispose]()
  })

  /** A dashboard with something on it. */
  async function open(options: BrowserContextOptions = {}): Promise<{ issuer: MockIssuer; page: Page; faults: string[] }> {
    const issuer = await createMockIssuer({ dashboard: true, users, lax: ['pkce-plain'] })
    issuers.push(issuer)
    const { url } = await issuer.listen()
    await issuer.accessToken({ sub: 'john', scope: 'orders_read' })
    await issuer.accessToken({ sub: 'jane' }, { expiresInSeconds: -5 })
    await fetch(`${url}/jwks`)
    await fetch(`${url}/no-such-path`)
    issuer.faults.add({ endpoint: 'userinfo', kind: 'delay', delayMs: 1, key: 'k' })
    const page = await (await browser.newContext(options)).newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(`${url}/dashboard`)
    return { issuer, page, faults }
  }

  test.each([
    ['in light', { colorScheme: 'light' }],
    ['in dark', { colorScheme: 'dark' }],
    ['on a telephone', { viewport: { width: 360, height: 700 } }],
    ['without scripts', { javaScriptEnabled: false }],
  ] as const)('can be read by everybody %s', async (_, options) => {
    const { page, faults } = await open(options)
    for (const name of ['Issued access tokens', 'Recent requests', 'Clock', 'Published keys', 'Users', 'Active faults', 'What is lax']) {
      expect(await page.getByRole('heading', { name }).isVisible()).toBe(true)
    }
    for (const details of await page.locator('details > summary').all()) await details.click()
    if (!('javaScriptEnabled' in options)) expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    expect(faults).toEqual([])
  })

  test('moves the clock by a click, and tokens expire', async () => {
    const { issuer, page } = await open()
    const before = issuer.clock.now()
    await page.getByRole('button', { name: '+1 h' }).click()
    await page.getByText('1 h ahead').waitFor()
    expect(issuer.clock.now() - before).toBeGreaterThanOrEqual(3_600_000)
    expect(await page.locator('#tokens .pill', { hasText: 'expired' }).count()).toBe(2)

    await page.getByRole('button', { name: 'Back to the real time' }).click()
    await page.getByText('Not moved').waitFor()
  })

  test('changes the claims of a user, whose next token has them', async () => {
    const { issuer, page } = await open({ javaScriptEnabled: false })
    await page.getByText('Trader, New York').click()
    await page.getByLabel('Claims of access tokens, as JSON').first().fill('{ "account_nr": "43" }')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.waitForLoadState()
    expect(issuer.users.find('john')?.claims).toEqual({ account_nr: '43' })

    await page.getByText('Trader, New York').click()
    await page.getByLabel('Claims of access tokens, as JSON').first().fill('account_nr')
    await page.getByRole('button', { name: 'Save' }).first().click()
    expect(await page.getByRole('alert').textContent()).toContain('must be a JSON object')
    expect(issuer.users.find('john')?.claims).toEqual({ account_nr: '43' })
  })

  test('adds a fault and ends it, and is reached by none that is meant for every endpoint', async () => {
    const { issuer, page } = await open()
    await page.getByLabel('What goes wrong').selectOption({ label: '500' })
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('button', { name: 'End status of *' }).waitFor()
    expect((await fetch(`${issuer.issuer}/jwks`)).status).toBe(500)

    await page.getByRole('button', { name: 'End status of *' }).click()
    await page.getByRole('button', { name: 'End status of *' }).waitFor({ state: 'detached' })
    expect((await fetch(`${issuer.issuer}/jwks`)).status).toBe(200)
    expect(issuer.faults.active).toHaveLength(1)
  })

  test('rotates the keys', async () => {
    const { issuer, page } = await open()
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    await expect.poll(async () => page.locator('#keys li').count()).toBe(2)
    expect((await issuer.jwks()).keys).toHaveLength(2)
  })

  test('keeps itself up to date, and leaves open what was opened', async () => {
    const { issuer, page, faults } = await open()
    await page.locator('#tokens summary').last().click()
    await page.getByRole('heading', { name: 'Dashboard' }).click()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await issuer.accessToken({ sub: 'newcomer' })
    await page.locator('#tokens').getByText('newcomer', { exact: true }).waitFor()
    expect(await page.locator('#tokens details[open]').count()).toBe(1)
    expect(faults).toEqual([])
  })

  test('is not changed by a form of another site', async () => {
    const { issuer, page } = await open()
    const before = issuer.clock.now()
    const stranger = await createMockIssuer()
    issuers.push(stranger)
    const { port } = await stranger.listen({ host: 'localhost' })
    const token = await page.locator('input[name=form_token]').first().getAttribute('value')
    await page.goto(`http://localhost:${port}/jwks`)
    await page.setContent(`<form method="post" action="${issuer.issuer}/dashboard"><input name="form_token" value="${token}">
      <input name="action" value="advance-clock"><button name="seconds" value="3600">Go</button></form>`)
    await page.getByRole('button', { name: 'Go' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('This form was posted by another site.')
    expect(issuer.clock.now() - before).toBeLessThan(3_600_000)
  })

  test('is found from the index of a server with several issuers', async () => {
    await using host = await createIssuerHost({ defaults: { dashboard: true }, issuers: { a: {}, b: {} } })
    const { url } = await host.listen()
    const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage()
    await page.goto(`${url}/nowhere`)
    expect(await violations(page)).toEqual([])
    await page.goto(url)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Dashboard' }).last().click()
    await page.waitForURL(`${url}/b/dashboard`)
  })
})
