import { createLocalJWKSet, jwtVerify } from 'jose'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import type { MockIssuer } from '../src/index.js'
import { hasChromium, launchChromium, violations } from './chromium.js'
import { authorizationUrl, codeForm, post } from './code-flow.js'
import { startExampleApp } from './example-app.js'
import type { ExampleApp } from './example-app.js'

const contract = {
  audience: 'orders-api',
  scopes: {
    orders_read: { description: 'Read the orders of an account', claims: ['account_nr'] },
    orders_write: { description: 'Place and change orders', claims: ['account_nr'] },
  },
}
const users = [
  { sub: 'john', name: 'John', description: 'Trader, New York', claims: { account_nr: '42', roles: ['trader'] } },
  { sub: 'jane', name: 'Jane', description: 'Has no account' },
]

describe.skipIf(!hasChromium)('in Chromium', () => {
  let browser: Browser
  let app: ExampleApp
  let issuer: MockIssuer

  beforeAll(async () => {
    browser = await launchChromium()
    app = await startExampleApp()
    const client = {
      clientId: 'app',
      name: 'Orders',
      redirectUris: [`${app.url}/callback`],
      postLogoutRedirectUris: [`${app.url}/bye`],
      frontchannelLogoutUri: `${app.url}/front-channel`,
    }
    issuer = await createMockIssuer({ contract, users, clients: [client], authorizationDetailsTypes: ['payment'] })
    await issuer.listen()
  })

  afterAll(async () => {
    await browser?.close()
    await issuer?.[Symbol.asyncDispose]()
    await app?.close()
  })

  /** A page of a browser that has no cookies yet. */
  async function open(changes: Record<string, string> = {}, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(loginUrl(changes))
    return page
  }

  function loginUrl(changes: Record<string, string> = {}): string {
    const parameters = { redirect_uri: `${app.url}/callback`, scope: 'openid orders_read orders_write', ...changes }
    return authorizationUrl(issuer, parameters).href
  }

  async function redeem(page: Page) {
    await page.waitForURL(`${app.url}/callback?**`)
    const callback = new URL(page.url()).searchParams
    expect(callback.get('state')).toBe('state-1')
    expect(callback.get('iss')).toBe(issuer.issuer)
    const answer = await post(issuer, '/token', codeForm(callback.get('code'), { redirect_uri: `${app.url}/callback` }))
    const tokens = await answer.json()
    const verified = await jwtVerify(tokens.access_token, createLocalJWKSet(await issuer.jwks()), {
      issuer: issuer.issuer,
      audience: 'orders-api',
      typ: 'at+jwt',
    })
    return { claims: verified.payload, idToken: String(tokens.id_token) }
  }

  test('a click on a user logs in, and the tokens are that user’s', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'John' }).click()

    expect((await redeem(page)).claims).toMatchObject({
      sub: 'john',
      account_nr: '42',
      roles: ['trader'],
      scope: 'openid orders_read orders_write',
    })
  })

  test('unticking a scope grants less', async () => {
    const page = await open()
    await page.getByLabel('orders_write').uncheck()
    await page.getByRole('button', { name: 'John' }).click()

    expect((await redeem(page)).claims['scope']).toBe('openid orders_read')
  })

  test('the keyboard is enough: Tab goes to the first user, and Enter logs in', async () => {
    const page = await open()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.value')).toBe('john')
    await page.keyboard.press('Enter')

    expect((await redeem(page)).claims.sub).toBe('john')
  })

  test('Enter in the field continues with the name that was typed, not with the first user', async () => {
    const page = await open({ scope: 'openid' })
    await page.getByLabel('Someone else').fill('someone')
    await page.keyboard.press('Enter')

    expect((await redeem(page)).claims.sub).toBe('someone')
  })

  test('the user goes on with a click, logs out, and every application hears of it', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'John' }).click()
    await redeem(page)
    await page.goto(loginUrl())
    await page.getByRole('button', { name: 'Go on as John' }).click()
    const { idToken } = await redeem(page)

    const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${app.url}/bye`, state: 's' })
    await page.goto(`${issuer.issuer}/logout?${query.toString()}`)
    await expect.poll(() => app.requested.some((path) => path.startsWith('/front-channel?iss=http'))).toBe(true)
    await page.waitForURL(`${app.url}/bye?state=s`)
    await page.goto(loginUrl({ prompt: 'none' }))
    expect(new URL(page.url()).searchParams.get('error')).toBe('login_required')
  })

  test('the browser is content with what the page may load', async () => {
    const page = await (await browser.newContext()).newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(loginUrl({ acr_values: 'urn:example:mfa' }))

    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
  })

  describe.each(['light', 'dark'] as const)('axe finds nothing wrong, in %s colours, with', (colorScheme) => {
    test('the login page', async () => {
      const changes = { acr_values: 'urn:example:mfa', login_hint: 'jane', authorization_details: '[{"type":"payment"}]' }
      const page = await open(changes, { colorScheme })
      await page.getByText('Answer with an error').click()

      expect(await violations(page)).toEqual([])
    })

    test('the login page on a phone, after an answer that was not taken', async () => {
      const page = await open({}, { colorScheme, viewport: { width: 360, height: 640 } })
      await page.getByRole('button', { name: 'Jane' }).click()
      await page.getByRole('alert').waitFor()

      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    })

    test.each<[string, Record<string, string>]>([
      ['an unknown client', { client_id: 'nobody' }],
      ['a redirect_uri that differs by a slash', { redirect_uri: 'http://127.0.0.1/callback/' }],
    ])('the error page of %s', async (_, changes) => {
      const page = await open(changes, { colorScheme, viewport: { width: 360, height: 640 } })

      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    })

    test('the page of a session, the page that asks whether to log out, and the one that says so', async () => {
      const page = await open({}, { colorScheme })
      await page.getByRole('button', { name: 'John' }).click()
      await redeem(page)
      await page.goto(loginUrl())
      await page.getByRole('button', { name: 'Go on as John' }).waitFor()
      expect(await violations(page)).toEqual([])

      await page.goto(`${issuer.issuer}/logout?id_token_hint=x`)
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByRole('heading', { name: 'You are logged out' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  })
})
