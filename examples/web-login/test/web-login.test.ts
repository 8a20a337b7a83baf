import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveShop, type ServedShop } from './served-shop.js'
import { createUserAgent, type UserAgent } from './user-agent.js'

let shop: ServedShop
let browser: UserAgent
let orders: string

beforeEach(async () => {
  shop = await serveShop()
  browser = createUserAgent()
  orders = `${shop.appOrigin}/orders`
})
afterEach(() => shop[Symbol.asyncDispose]())

const post = (path: string, origin = shop.appOrigin) => browser.open(shop.appOrigin + path, { method: 'POST', origin })
const refreshes = () => shop.issuer.requests.filter(({ grantType }) => grantType === 'refresh_token').length

test('logs in on the way to the orders, and shows them', async () => {
  const { status, url, text } = await browser.open(orders)
  expect({ status, url }).toEqual({ status: 200, url: orders })
  expect(text).toContain('Orders of john')
  expect(text).toContain('A dozen pencils: placed')
  expect(text).not.toContain('One eraser')
})

test('keeps cookies and tokens out of the reach of scripts', async () => {
  const started = await browser.ask(`${shop.appOrigin}/login`)
  expect(started.headers.get('set-cookie')).toMatch(/^__Host-login-[\w-]{43}=.+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const { way, text } = await browser.open(orders)
  expect([...way, text].join()).not.toContain('eyJ')
})

test('ten requests at once whose token has expired refresh once', async () => {
  await browser.open(orders)
  shop.issuer.clock.advanceSeconds(3600)
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await browser.ask(orders)).status))
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 200))
  expect(refreshes()).toBe(1)
})

test('a refund has the user log in more strongly, and is made when they ask for it then', async () => {
  await browser.open(orders)
  const sentAway = await post('/orders/1/refund')
  expect(sentAway.way.some((url) => url.startsWith(shop.issuer.issuer))).toBe(true)
  expect(sentAway.text).toContain('A dozen pencils: placed')
  const done = await post('/orders/1/refund')
  expect(done.way).toEqual([`${orders}/1/refund`, orders])
  expect(done.text).toContain('A dozen pencils: refunded')
})

test('a form of another site does nothing', async () => {
  await browser.open(orders)
  expect((await post('/logout', 'https://evil.example.org')).status).toBe(403)
  expect((await browser.open(orders)).way).toEqual([orders])
})

test('a callback that is opened again goes on with the session, and without one there is a page and no redirect', async () => {
  const { way } = await browser.open(orders)
  const callback = way.find((url) => url.includes('/callback?')) ?? ''
  expect(await browser.open(callback)).toMatchObject({ status: 200, url: `${shop.appOrigin}/` })
  expect(await createUserAgent().open(callback)).toMatchObject({ status: 400, way: [callback] })
})

test('a session that the server has ended is said to have ended', async () => {
  await browser.open(orders)
  await shop.issuer.logOut('john')
  shop.issuer.clock.advanceSeconds(3600)
  const { status, text } = await browser.open(orders)
  expect(status).toBe(401)
  expect(text).toContain('Your session has ended.')
  expect((await browser.open(orders)).status).toBe(200)
})

test('a session is over after eight hours, whatever its tokens say', async () => {
  await browser.open(orders)
  shop.issuer.clock.advanceSeconds(28_800)
  expect((await browser.open(orders)).way).toContain(`${shop.appOrigin}/login?returnTo=/orders`)
})

test('while the login server is down nobody logs in, and whoever has a good token goes on', async () => {
  await browser.open(orders)
  await shop.issuerServer.close()
  expect((await browser.open(orders)).status).toBe(200)
  const response = await createUserAgent().ask(`${shop.appOrigin}/login`)
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('a login that comes back while the server is down can be tried again later', async () => {
  const login = await browser.ask(`${shop.appOrigin}/login`)
  const atIssuer = await browser.ask(login.headers.get('location') ?? '')
  await shop.issuerServer.close()
  const response = await browser.ask(atIssuer.headers.get('location') ?? '')
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('a user who has not granted what a page needs gets a page, and is not sent round in circles', async () => {
  await using poor = await serveShop('openid')
  const { status, way } = await browser.open(`${poor.appOrigin}/login?returnTo=/orders`)
  expect({ status, last: way.at(-1), length: way.length }).toEqual({ status: 403, last: `${poor.appOrigin}/orders`, length: 4 })
})

test('logs out, here and at the server', async () => {
  await browser.open(orders)
  const { way, url } = await post('/logout')
  expect(way[1]).toMatch(new RegExp(`^${shop.issuer.issuer}/.*logout`))
  expect(url).toBe(`${shop.appOrigin}/`)
  expect(shop.issuer.requests.some(({ endpoint, status }) => endpoint === 'revocation' && status === 200)).toBe(true)
  expect((await browser.ask(orders)).headers.get('location')).toBe('/login?returnTo=/orders')
})

test('logs out while the server is down', async () => {
  await browser.open(orders)
  await shop.issuerServer.close()
  expect((await browser.ask(`${shop.appOrigin}/logout`, { method: 'POST', origin: shop.appOrigin })).status).toBe(303)
  expect((await browser.ask(orders)).headers.get('location')).toBe('/login?returnTo=/orders')
})
