import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveApp } from './served-app.js'
import { executablePath, ready, type Stage, token, visit, type Visit } from './tabs.js'

/** Of a page that asks no API: its worker speaks with the issuer. The page of these tests has a script and an icon inline. */
const policyOfPage =
  "default-src 'none'; script-src 'self' 'nonce-setup'; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const policyOfWorker = (origin: string) => `default-src 'none'; script-src 'self'; connect-src ${origin}`

describe.skipIf(!existsSync(executablePath))('under a Content-Security-Policy in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    const app = await serveApp()
    // An answer that a test has changed is of nowhere to the browser, and what comes from there may not ask this machine.
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-features=LocalNetworkAccessChecks'] })
    stage = { app, browser, close: () => browser.close().then(app.close) }
  })
  afterAll(() => stage?.close())

  /** Has the app send a policy with its page, and another with its scripts, and records what the page is refused. */
  async function enforce(at: Visit, connectSrc: string): Promise<string[]> {
    const refused: string[] = []
    at.context.on('console', (message) => /Content Security Policy/i.test(message.text()) && refused.push(message.text()))
    await at.context.route(
      ({ origin }) => origin === stage.app.origin,
      async (route) => {
        const response = await route.fetch()
        const isPage = response.headers()['content-type'] === 'text/html'
        await route.fulfill({
          response,
          body: (await response.text()).replace('<script>setup', '<script nonce="setup">setup').replace(/ onclick=".*?"/, ''),
          headers: { ...response.headers(), 'content-security-policy': isPage ? policyOfPage : policyOfWorker(connectSrc) },
        })
      },
    )
    return refused
  }

  test('a page that may connect to nothing logs in, reloads and gets tokens by its worker', async () => {
    await using at = await visit(stage)
    const { origin } = new URL(at.issuer.issuer)
    const refused = await enforce(at, origin)
    const page = await at.logIn()
    expect((await token(page)).length).toBeGreaterThan(20)
    await page.reload()
    expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(refused).toEqual([])
    expect(await page.evaluate((url) => fetch(url).then(String, () => 'refused'), at.issuer.issuer)).toBe('refused')
  })

  test('a worker is under the policy of its own response, not under that of the page', async () => {
    await using at = await visit(stage)
    await enforce(at, "'none'")
    const page = await at.open()
    expect(await page.evaluate(() => window.client.login().catch(({ code }: { code: string }) => code))).toBe('unavailable')
    expect(at.issuer.requests).toEqual([])
  })
})
