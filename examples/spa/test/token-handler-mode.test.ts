import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { asJohn, hasChromium, shopInChromium } from './shop-in-chromium.js'

describe.skipIf(!hasChromium)('the mode token-handler in Chromium', () => {
  const shop = shopInChromium('token-handler', 'bare-page')

  async function open(path?: string): Promise<Page> {
    const page = await shop.open(path)
    await page.waitForFunction('window.ready')
    return page
  }

  async function startLogin(path = '/'): Promise<Page> {
    const page = await open(path)
    await page.evaluate(() => void window.client.login())
    await page.getByRole('button', { name: 'John' }).first().waitFor()
    return page
  }

  async function logIn(): Promise<Page> {
    const page = await startLogin()
    await asJohn(page)
    await page.waitForURL(`${shop.appOrigin}/`)
    return page
  }

  const ready = (page: Page) => page.evaluate(() => window.ready)
  const john = { status: 'authenticated', user: { sub: 'john' } }

  test('logs in by popup, and the page stays where it is', async () => {
    const page = await open('/orders?page=2')
    const opening = shop.context.waitForEvent('page')
    await page.locator('#popup').click()
    const popup = await opening
    await asJohn(popup)
    await expect.poll(() => popup.isClosed()).toBe(true)
    expect(await ready(page)).toMatchObject(john)
    expect(page.url()).toBe(`${shop.appOrigin}/orders?page=2`)
  })

  test('a popup that the user closes is no login', async () => {
    const page = await open()
    const opening = shop.context.waitForEvent('page')
    await page.locator('#popup').click()
    const popup = await opening
    await popup.getByRole('button', { name: 'John' }).first().waitFor()
    await popup.close()
    expect(await ready(page)).toEqual({ status: 'anonymous', error: { error: 'popup_closed' } })
  })

  test('goes on at the path, query and fragment where the user was', async () => {
    const page = await startLogin('/orders?page=2#last')
    await asJohn(page)
    await page.waitForURL(`${shop.appOrigin}/orders?page=2#last`)
    expect(await ready(page)).toMatchObject(john)
  })

  test('a path that was edited in the storage leads to no other origin', async () => {
    const page = await open()
    const name = `bailiwick ${shop.apiUrl}/token-handler`
    await page.evaluate((key) => sessionStorage.setItem(key, '//evil.example'), name)
    await page.goto(`${shop.appOrigin}/callback?error=access_denied&state=x`)
    expect(await ready(page)).toMatchObject({ status: 'anonymous' })
    expect(page.url()).toBe(`${shop.appOrigin}/`)
  })

  test('logs in where the browser stores nothing, and ends where the server sends it', async () => {
    await shop.context.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('Blocked', 'SecurityError')
        },
      })
    })
    const page = await startLogin('/orders')
    await asJohn(page)
    await page.waitForURL(`${shop.appOrigin}/callback`)
    expect(await ready(page)).toMatchObject(john)
  })

  test('says why a login was refused, to the tab that began it', async () => {
    const page = await startLogin()
    await page.goto(`${shop.appOrigin}/callback?error=access_denied&state=another`)
    expect(await ready(page)).toMatchObject({ status: 'anonymous', error: { error: 'invalid_request' } })
    const link = '/callback?error=access_denied&error_description=%3Cimg%3E&state=x'
    const other = await open(link)
    expect(await ready(other)).toEqual({ status: 'anonymous' })
    expect(other.url()).toBe(shop.appOrigin + link)
  })

  test('an outage of the token handler logs nobody out', async () => {
    const page = await logIn()
    await shop.context.route('**/token-handler/**', (route) => route.abort())
    await page.reload()
    expect(await ready(page)).toEqual({ status: 'unavailable' })
    await shop.context.unroute('**/token-handler/**')
    expect(await page.evaluate(() => window.client.handlePage())).toMatchObject(john)
  })

  test('a logout is not undone by a renewal that is under way, whose answer brings the cookies back', async () => {
    const page = await logIn()
    await ready(page)
    const orders = () => page.evaluate((api) => window.client.fetch(api).then(({ status }) => status), `${shop.apiUrl}/orders`)
    expect(await orders()).toBe(200)
    const other = await open()
    let release = () => {}
    shop.underWay.set('/token-handler/refresh', new Promise((resolve) => (release = resolve)))
    shop.expireTokens()
    shop.answers.length = 0
    const renewing = orders()
    await expect.poll(() => shop.answers).toContain('POST /token-handler/refresh 200')
    await other.evaluate(() => void window.client.logout())
    // Time for a logout that does not wait.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
    release()
    shop.underWay.clear()
    await renewing.catch(() => undefined)
    await expect.poll(() => shop.answers).toContain('POST /token-handler/logout 200')
    expect(await ready(await open())).toEqual({ status: 'anonymous' })
  })

  test('two tabs log in at once, where the token handler keeps each login by itself', async () => {
    const [first, second] = [await startLogin('/first'), await startLogin('/second')]
    for (const [page, path] of [
      [first, '/first'],
      [second, '/second'],
    ] as const) {
      await asJohn(page)
      await page.waitForURL(shop.appOrigin + path)
      expect(await ready(page)).toMatchObject(john)
    }
  })

  test('a link that looks like a callback, in another tab, spends no login', async () => {
    const page = await startLogin('/orders')
    const other = await open('/x?state=1&code=2')
    expect(await ready(other)).toEqual({ status: 'anonymous' })
    await asJohn(page)
    await page.waitForURL(`${shop.appOrigin}/orders`)
    expect(await ready(page)).toMatchObject(john)
  })

  test('a request without the header is nobody’s, cookie or not, and other origins are sent nothing', async () => {
    const page = await logIn()
    await ready(page)
    const asks = (url: string) => page.evaluate(async (api) => (await fetch(api, { credentials: 'include' })).status, url)
    expect(await asks(`${shop.apiUrl}/orders`)).toBe(401)
    expect(await asks(`${shop.apiUrl}/token-handler/session`)).toBe(401)
    expect(await page.evaluate(async (api) => (await window.client.fetch(api)).status, `${shop.apiUrl}/orders`)).toBe(200)
    const refusal = page.evaluate(() => window.client.fetch('https://evil.example/').catch(({ code }) => String(code)))
    expect(await refusal).toBe('origin_not_allowed')
    expect(await page.evaluate(() => window.client.getAccessToken().catch(({ code }) => String(code)))).toBe('no_tokens')
  })
})
