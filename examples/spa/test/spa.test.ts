import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { asJohn, hasChromium, shopInChromium } from './shop-in-chromium.js'

describe.skipIf(!hasChromium).each(['tokens', 'token-handler'] as const)('the shop in Chromium, in the mode %s', (mode) => {
  const shop = shopInChromium(mode)
  const { open } = shop

  async function logIn(): Promise<Page> {
    const page = await open()
    await page.getByRole('button', { name: 'Log in' }).click()
    await asJohn(page)
    await seeOrders(page)
    return page
  }

  const seeOrders = (page: Page) => page.getByText('A dozen pencils').waitFor()

  /** Refreshes that the issuer made. The first try under DPoP may be told the nonce to use. */
  const refreshes = () => shop.issuer.requests.filter(({ grantType, status }) => grantType === 'refresh_token' && status === 200).length

  test('logs in, shows the orders, and leaves no callback in the URL', async () => {
    const page = await logIn()
    expect(page.url()).toBe(`${shop.appOrigin}/orders`)
    expect(await page.locator('.name').textContent()).toBe('john')
  })

  test('a reload keeps the session', async () => {
    const page = await logIn()
    await page.reload()
    await seeOrders(page)
  })

  test('no token is in a storage that a script of the page can read', async () => {
    const page = await logIn()
    const reach = await page.evaluate(() =>
      JSON.stringify([...Object.entries(localStorage), ...Object.entries(sessionStorage), document.cookie]),
    )
    expect(reach).not.toContain('eyJ')
    expect(reach.includes('__Host-')).toBe(false)
  })

  test('five tabs whose access has ended at once have it renewed once, and a logout reaches all of them', async () => {
    const first = await logIn()
    const tabs = [first, ...(await Promise.all([1, 2, 3, 4].map(() => open('/orders'))))]
    await Promise.all(tabs.map(seeOrders))
    const before = refreshes()
    shop.expireTokens()
    shop.answers.length = 0
    await Promise.all(tabs.map((tab) => tab.evaluate(() => dispatchEvent(new Event('focus')))))
    const shown = () => shop.answers.filter((answer) => answer === 'GET /orders 200').length
    await expect.poll(shown).toBe(5)
    expect(shop.answers).toContain('GET /orders 401')
    expect(refreshes() - before).toBe(1)
    await first.getByRole('button', { name: 'Log out' }).click()
    await Promise.all(tabs.slice(1).map((tab) => tab.getByRole('button', { name: 'Log in' }).waitFor()))
  })

  test('going back after a login is harmless, and so is a callback that is opened again', async () => {
    const page = await open()
    const callbacks: string[] = []
    page.on('request', (request) => request.url().includes('/callback?') && callbacks.push(request.url()))
    await page.getByRole('button', { name: 'Log in' }).click()
    await asJohn(page)
    await seeOrders(page)
    await page.goto(callbacks[0]!)
    await seeOrders(page)
    // A page without tokens cannot tell it from another link, and leaves it as it is.
    expect(page.url()).toBe(mode === 'tokens' ? `${shop.appOrigin}/callback` : callbacks[0])
    expect(await page.getByRole('alert').count()).toBe(0)
    for (let steps = 0; steps < 4; steps++) await page.goBack()
    await page.goto(`${shop.appOrigin}/orders`)
    await seeOrders(page)
  })

  test('a refund that wants a stronger login is made when the user comes back from it', async () => {
    const page = await logIn()
    await page.getByRole('button', { name: 'Refund A dozen pencils' }).click()
    await asJohn(page)
    await page.getByText('Order 1 is refunded.').waitFor()
    expect(await page.locator('.badge').count()).toBe(1)
    expect(page.url()).toBe(`${shop.appOrigin}/orders`)
    expect(shop.answers.filter((answer) => answer.includes('/refund'))).toEqual(['POST /orders/1/refund 401', 'POST /orders/1/refund 200'])
  })

  test('a refund is not made for somebody else who logs in for it', async () => {
    const page = await logIn()
    await page
      .getByRole('button', { name: /^Refund / })
      .last()
      .click()
    await page.getByRole('button', { name: 'Jane' }).first().click()
    await page.getByText('One eraser').waitFor()
    expect(await page.locator('.name').textContent()).toBe('jane')
    expect(shop.answers.filter((answer) => answer.includes('/refund'))).toEqual(['POST /orders/2/refund 401'])
    expect(page.url()).toBe(`${shop.appOrigin}/orders`)
  })

  test('a link on somebody else’s page has no refund made', async () => {
    await logIn()
    shop.answers.length = 0
    for (const link of ['/orders?refund=2', '/orders?pending=2', '/orders?pending=undefined', '/orders?pending='])
      await seeOrders(await open(link))
    expect(shop.answers.filter((answer) => answer.startsWith('POST'))).toEqual([])
  })
})
