import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveShop, type ServedShop } from './served-shop.js'

const executablePath = '/usr/bin/chromium'

/** Without which a page of the mode knows nothing of its user. */
const needed = { tokens: '**/*worker*', 'token-handler': '**/token-handler/**' }

describe.skipIf(!existsSync(executablePath)).each(['tokens', 'token-handler'] as const)('an outage of the shop in the mode %s', (mode) => {
  let browser: Browser
  let shop: ServedShop

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    shop = await serveShop(mode)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.[Symbol.asyncDispose]()
  })

  test('asks nobody to log in, and the page goes on by a click once it is over', async () => {
    const page = await browser.newPage()
    await page.route(needed[mode], (route) => route.abort())
    await page.goto(shop.appOrigin)
    await page.getByText('We cannot reach our login right now.').waitFor()
    expect(await page.getByRole('button', { name: 'Log in' }).count()).toBe(0)
    await page.unroute(needed[mode])
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })
})
