import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { TokensModeOptions } from '@bailiwick/client/browser'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type ServedApp, serveApp } from './served-app.js'

export const executablePath = '/usr/bin/chromium'

/** A browser, and the app that its tabs open. */
export interface Stage {
  readonly browser: Browser
  readonly app: ServedApp
  close(): Promise<void>
}

/** @param ignoreDefaultArgs what Playwright would switch off in the browser, and is to stay as users have it */
export async function openStage(ignoreDefaultArgs: string[] = []): Promise<Stage> {
  const app = await serveApp()
  // Chromium's own sandbox does not start for root, who runs tests in containers; nothing but this test's pages is opened.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], ignoreDefaultArgs })
  return {
    browser,
    app,
    async close() {
      await browser.close()
      await app.close()
    },
  }
}

/** One user at one issuer, in a browser without cookies. */
export interface Visit extends AsyncDisposable {
  readonly issuer: MockIssuer
  readonly context: BrowserContext
  /** A new tab of the app. */
  open(path?: string): Promise<Page>
  /** A new tab in which John is logged in. */
  logIn(path?: string): Promise<Page>
}

export async function visit(
  { browser, app }: Stage,
  changes: Partial<TokensModeOptions> = {},
  issuerOptions: MockIssuerOptions = {},
  workerQuery?: string,
): Promise<Visit> {
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'app', redirectUris: [`${app.origin}/callback`], postLogoutRedirectUris: [`${app.origin}/`] }],
    ...issuerOptions,
  })
  await issuer.listen()
  app.setup = {
    workerQuery,
    options: {
      mode: 'tokens',
      issuer: issuer.issuer,
      clientId: 'app',
      redirectUri: `${app.origin}/callback`,
      allowedOrigins: [new URL(issuer.issuer).origin],
      ...changes,
    },
  }
  const context = await browser.newContext()
  async function open(path = '/') {
    const page = await context.newPage()
    await page.goto(app.origin + path)
    await ready(page)
    return page
  }
  return {
    issuer,
    context,
    open,
    async logIn(path = '/') {
      const page = await open(path)
      await page.evaluate(() => void window.client.login())
      await asJohn(page)
      await page.waitForURL(app.origin + path)
      return page
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      await issuer[Symbol.asyncDispose]()
    },
  }
}

export async function asJohn(page: Page): Promise<void> {
  await atServer(page)
  await page.getByRole('button', { name: 'John' }).first().click()
}

/** Waits until the page shows the server's form to log in. */
export const atServer = (page: Page) => page.getByRole('button', { name: 'John' }).first().waitFor()

/** What `handlePage` gave to the page that is shown. */
export async function ready(page: Page) {
  await page.waitForFunction('window.ready')
  return page.evaluate(() => window.ready)
}

export const state = (page: Page) => page.evaluate(() => window.client.getState())
export const token = (page: Page) => page.evaluate(() => window.client.getAccessToken())

/** What was asked of the token endpoint, by grant and status. */
export const tokenRequests = (issuer: MockIssuer) =>
  issuer.requests
    .filter(({ endpoint, method }) => endpoint === 'token' && method === 'POST')
    .map(({ grantType, status }) => `${grantType} ${status}`)

/** Has time pass at the issuer and in every disturbed worker: a laptop that slept. */
export async function passSeconds({ issuer, context }: Visit, seconds: number): Promise<void> {
  issuer.clock.advanceSeconds(seconds)
  const [page] = context.pages()
  await page?.evaluate((aheadMs) => new BroadcastChannel('clock').postMessage(aheadMs), seconds * 1000)
}
