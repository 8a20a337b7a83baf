import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { serveShop } from './served-shop.js'

const executablePath = '/usr/bin/chromium'

test.skipIf(!existsSync(executablePath))(
  'in Chromium a user logs in, has an order refunded, and logs out',
  { timeout: 60_000 },
  async () => {
    await using shop = await serveShop()
    // Chromium's own sandbox does not start for root, who runs tests in containers; nothing but this test's pages is opened.
    await using browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const page = await browser.newPage()
    const asJohn = () => page.getByRole('button', { name: 'John' }).first().click()

    await page.goto(shop.appOrigin)
    await page.getByRole('link', { name: 'Log in' }).click()
    await asJohn()
    await page.getByText('Orders of john').waitFor()
    await page.getByRole('button', { name: 'Refund A dozen pencils' }).click()
    await asJohn()
    await page.getByRole('button', { name: 'Refund A dozen pencils' }).click()
    await page.getByText('A dozen pencils: refunded').waitFor()
    expect(page.url()).toBe(`${shop.appOrigin}/orders`)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('link', { name: 'Log in' }).waitFor()
    expect(page.url()).toBe(`${shop.appOrigin}/`)
  },
)
