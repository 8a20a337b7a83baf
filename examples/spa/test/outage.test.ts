import { describe, expect, test } from 'vitest'
import { hasChromium, shopInChromium } from './shop-in-chromium.js'

/** Without which a page of the mode knows nothing of its user. */
const needed = { tokens: '**/*worker*', 'token-handler': '**/token-handler/**' }

describe.skipIf(!hasChromium).each(['tokens', 'token-handler'] as const)('an outage of the shop in the mode %s', (mode) => {
  const shop = shopInChromium(mode)

  test('asks nobody to log in, and the page goes on by a click once it is over', async () => {
    const page = await shop.context.newPage()
    await page.route(needed[mode], (route) => route.abort())
    await page.goto(shop.appOrigin)
    await page.getByText('We cannot reach our login right now.').waitFor()
    expect(await page.getByRole('button', { name: 'Log in' }).count()).toBe(0)
    await page.unroute(needed[mode])
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })
})
