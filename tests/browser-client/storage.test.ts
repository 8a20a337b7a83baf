import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, atServer, executablePath, openStage, passSeconds, ready, type Stage, state, token, tokenRequests, visit } from './tabs.js'

describe.skipIf(!existsSync(executablePath))('the tokens mode in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test.each([
    [
      'is shut',
      () =>
        Object.defineProperty(window, 'sessionStorage', {
          get: () => {
            throw new DOMException('', 'SecurityError')
          },
        }),
    ],
    [
      'is full',
      () =>
        Object.assign(Storage.prototype, {
          setItem: () => {
            throw new DOMException('', 'QuotaExceededError')
          },
        }),
    ],
  ])('a login says so where the storage of the tab %s', async (_title, spoil) => {
    await using at = await visit(stage)
    await at.context.addInitScript(spoil)
    const page = await at.open()
    expect(await page.evaluate(() => window.client.login().catch((error: { code: string }) => error.code))).toBe('storage_unavailable')
    await page.goto(`${stage.app.origin}/callback?code=x&state=y`)
    expect(await ready(page)).toEqual({ status: 'anonymous' })
  })

  test('a page that would ask the server by itself, and cannot store what that takes, is for whoever is anonymous', async () => {
    await using at = await visit(stage, { silentLogin: 'redirect' })
    await at.context.addInitScript(() =>
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('', 'SecurityError')
        },
      }),
    )
    expect(await ready(await at.open('/orders'))).toEqual({ status: 'anonymous' })
  })

  test.each([
    ['put right by 10 minutes', -600_000, { status: 'authenticated' }],
    ['wrong by 10 minutes from then on', 600_000, { status: 'anonymous', error: { error: 'login_expired' } }],
  ])('a login during which the clock is %s goes on where the user was, and is not silent', async (_title, byMs, expected) => {
    await using at = await visit(stage)
    const page = await at.open('/orders')
    await page.evaluate(() => void window.client.login())
    await atServer(page)
    await page.addInitScript((changeMs) => {
      const realNow = Date.now.bind(Date)
      Date.now = () => realNow() + changeMs
    }, byMs)
    await asJohn(page)
    await page.waitForURL(`${stage.app.origin}/orders`)
    expect(await ready(page)).toMatchObject(expected)
  })

  test('without IndexedDB the session lasts until the page is left', async () => {
    await using at = await visit(stage, {}, {}, 'noIndexedDb')
    const page = await at.logIn()
    expect(await state(page)).toMatchObject({ status: 'authenticated' })
    await passSeconds(at, 301)
    expect((await token(page)).length).toBeGreaterThan(20)
    await page.reload()
    expect(await ready(page)).toEqual({ status: 'anonymous' })
  })

  test('a session that was edited in the storage is none', async () => {
    await using at = await visit(stage)
    const page = await at.logIn()
    await page.evaluate(async () => {
      const opening = indexedDB.open('bailiwick', 1)
      await new Promise((resolve) => (opening.onsuccess = resolve))
      const store = opening.result.transaction('sessions', 'readwrite').objectStore('sessions')
      const [keys, all] = [store.getAllKeys(), store.getAll()]
      await new Promise((resolve) => (all.onsuccess = resolve))
      const record = all.result[0] as { sealed: ArrayBuffer }
      new Uint8Array(record.sealed)[20]! ^= 1
      const put = store.put(record, keys.result[0])
      await new Promise((resolve) => (put.onsuccess = resolve))
      opening.result.close()
    })
    await page.reload()
    expect(await ready(page)).toEqual({ status: 'anonymous' })
    expect((await at.logIn()).url()).toBe(`${stage.app.origin}/`)
  })

  test.each([
    ['returnTo', '//evil.example.com', 'authenticated'],
    ['returnTo', 5, 'authenticated'],
    ['verifier', 'x'.repeat(43), 'anonymous'],
    ['nonce', 'another', 'anonymous'],
    ['state', 'another', 'anonymous'],
    ['expiresAt', 0, 'anonymous'],
    ['expiresAt', 'x', 'anonymous'],
  ])('an attempt whose %s was edited to be %s sends nobody away', async (member, value, status) => {
    await using at = await visit(stage)
    const page = await at.open('/orders')
    await page.evaluate(() => void window.client.login())
    await atServer(page)
    const login = page.url()
    await page.goto(`${stage.app.origin}/`)
    await page.evaluate(
      (changes) => {
        const key = Object.keys(sessionStorage)[0]!
        sessionStorage.setItem(key, JSON.stringify({ ...(JSON.parse(sessionStorage.getItem(key)!) as object), ...changes }))
      },
      { [member]: value },
    )
    await page.goto(login)
    await asJohn(page)
    await page.waitForURL((url) => url.origin === stage.app.origin && url.search === '')
    expect(await ready(page)).toMatchObject({ status })
    expect(new URL(page.url()).origin).toBe(stage.app.origin)
    expect(await page.evaluate(() => Object.keys(sessionStorage).length)).toBe(0)
  })

  test('logins in two tabs do not disturb each other', async () => {
    await using at = await visit(stage)
    const [first, second] = [await at.open('/first'), await at.open('/second')]
    for (const page of [first, second]) {
      await page.evaluate(() => void window.client.login())
      await atServer(page)
    }
    await asJohn(first)
    await first.waitForURL(`${stage.app.origin}/first`)
    await asJohn(second)
    await second.waitForURL(`${stage.app.origin}/second`)
    expect(await ready(second)).toMatchObject({ status: 'authenticated' })
    expect(await token(first)).toBe(await token(second))
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200', 'authorization_code 200'])
  })

  test('a page asks the server by itself whether it knows the user, once, and only if it is told to', async () => {
    const clients = [{ clientId: 'app', redirectUris: [`${stage.app.origin}/callback`], consent: 'implied' as const }]
    await using at = await visit(stage, { refreshToken: 'none', silentLogin: 'redirect' }, { clients }, '')
    const page = await at.context.newPage()
    await page.goto(`${stage.app.origin}/orders`)
    await page.waitForURL(`${stage.app.origin}/orders`)
    await page.waitForFunction('window.client?.getState().status === "anonymous"')
    expect(await state(page)).toEqual({ status: 'anonymous' })
    await page.evaluate(() => void window.client.login())
    await asJohn(page)
    await page.waitForURL(`${stage.app.origin}/orders`)
    await passSeconds(at, 301)
    expect(await page.evaluate(() => window.client.getAccessToken().catch((error: { code: string }) => error.code))).toBe('no_session')
    expect(await state(page)).toEqual({ status: 'anonymous' })
    await page.reload()
    await page.waitForFunction('window.client?.getState().status === "authenticated"')
    expect(page.url()).toBe(`${stage.app.origin}/orders`)
  })

  test('a page whose worker does not start, or whose server is away, does not stay at loading', async () => {
    await using at = await visit(stage, { silentLogin: 'redirect' })
    at.issuer.faults.add({ endpoint: '*', kind: 'status', status: 503 })
    expect(await ready(await at.open())).toEqual({ status: 'unavailable' })
    await at.context.route('**/assets/worker.js', (route) => route.abort())
    const page = await at.open()
    expect(await ready(page)).toEqual({ status: 'unavailable' })
    expect(await page.evaluate(() => window.client.login().catch((error: { code: string }) => error.code))).toBe('unavailable')
  })
})
