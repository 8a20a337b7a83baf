import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { serveShop, type ServedShop } from './served-shop.js'

const executablePath = '/usr/bin/chromium'

/** Whether there is a browser to test with. */
export const hasChromium = existsSync(executablePath)

/** The shop, the same for all tests of a suite, and a browser that no test has used before. */
export interface ShopInChromium extends ServedShop {
  readonly context: BrowserContext
  /** Opens a page of the shop in a tab of its own. */
  open(path?: string): Promise<Page>
}

/** Serves the shop to Chromium for the suite in which it is called. All but `open` is there within the tests alone. */
export function shopInChromium(mode: 'tokens' | 'token-handler', folder?: string): ShopInChromium {
  let browser: Browser
  let served: ServedShop
  let context: BrowserContext
  const open: ShopInChromium['open'] = async (path = '/') => {
    const page = await context.newPage()
    await page.goto(served.appOrigin + path)
    return page
  }
  const shop = { open } as ShopInChromium

  beforeAll(async () => {
    // Chromium's own sandbox does not start for root, who runs tests in containers; nothing but this test's pages is opened.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    served = await serveShop(mode, folder)
    Object.assign(shop, served)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await served?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    await context?.close()
    context = await browser.newContext()
    Object.assign(shop, { context })
    served.answers.length = 0
  })
  return shop
}

/** Logs in at the issuer's page as John. */
export const asJohn = (page: Page) => page.getByRole('button', { name: 'John' }).first().click()
