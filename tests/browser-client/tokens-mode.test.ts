import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, executablePath, openStage, passSeconds, ready, type Stage, state, token, tokenRequests, visit } from './tabs.js'

describe.skipIf(!existsSync(executablePath))('the tokens mode in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('a page that nobody has logged in to is anonymous, and asks nothing of the issuer', async () => {
    await using at = await visit(stage)
    const page = await at.open()
    expect(await ready(page)).toEqual({ status: 'anonymous' })
    expect(at.issuer.requests).toEqual([])
  })

  test('logs in by redirect, comes back to where the user was, and leaves no callback in the URL', async () => {
    await using at = await visit(stage)
    const page = await at.logIn('/orders?page=2#last')
    expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(page.url()).toBe(`${stage.app.origin}/orders?page=2#last`)
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200'])
  })

  test('a reload keeps the session, whose record is sealed under keys that cannot be taken along', async () => {
    await using at = await visit(stage)
    const page = await at.logIn()
    const before = await token(page)
    await page.reload()
    expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(await token(page)).toBe(before)
    const stored = await page.evaluate(async () => {
      const opening = indexedDB.open('bailiwick', 1)
      await new Promise((resolve) => (opening.onsuccess = resolve))
      const asked = opening.result.transaction('sessions').objectStore('sessions').getAll()
      await new Promise((resolve) => (asked.onsuccess = resolve))
      const [record] = asked.result as { seal: CryptoKey; pair: CryptoKeyPair; sealed: ArrayBuffer }[]
      return {
        text: new TextDecoder().decode(record!.sealed) + JSON.stringify([sessionStorage, localStorage]),
        extractable: [record!.seal.extractable, record!.pair.privateKey.extractable],
      }
    })
    expect(stored.extractable).toEqual([false, false])
    expect(stored.text).not.toContain(before)
    expect(stored.text).not.toContain('john')
  })

  test.each(['never', 'required'] as const)('five tabs whose access has ended at once make one refresh, with dpop %s', async (dpop) => {
    await using at = await visit(stage, { dpop }, {}, '')
    const first = await at.logIn()
    const tabs = [first, ...(await Promise.all([1, 2, 3, 4].map(() => at.open())))]
    const before = await token(first)
    await passSeconds(at, 301)
    const tokens = await Promise.all(tabs.flatMap((tab) => [token(tab), token(tab), token(tab)]))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(before)
    // With a key, the first try may be told the nonce to use.
    const refreshes = tokenRequests(at.issuer).filter((request) => request !== 'refresh_token 400')
    expect(refreshes).toEqual(['authorization_code 200', 'refresh_token 200'])
  })

  test('a logout reaches every tab, and the server', async () => {
    await using at = await visit(stage)
    const first = await at.logIn()
    const second = await at.open()
    expect(await ready(second)).toMatchObject({ status: 'authenticated' })
    // The page is at this URL before it leaves, too.
    const returned = first.waitForEvent('framenavigated', (frame) => frame.url() === `${stage.app.origin}/`)
    await first.evaluate(() => window.client.logout())
    await returned
    await first.waitForFunction('window.ready')
    await expect.poll(() => state(second)).toEqual({ status: 'anonymous' })
    await expect(token(second)).rejects.toThrow('Nobody is logged in')
    await first.evaluate(() => void window.client.login())
    await first.getByRole('button', { name: 'John' }).first().waitFor()
    expect(await ready(await at.open())).toEqual({ status: 'anonymous' })
  })

  test('a login reaches every tab', async () => {
    await using at = await visit(stage)
    const waiting = await at.open()
    await at.logIn()
    await expect.poll(() => state(waiting)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
  })

  test('the back button after a login is harmless, and so is a callback that is opened again', async () => {
    await using at = await visit(stage)
    const page = await at.open()
    await page.evaluate(() => void window.client.login())
    let callback = ''
    page.on('request', (request) => {
      if (request.url().startsWith(`${stage.app.origin}/callback`)) callback = request.url()
    })
    await asJohn(page)
    await page.waitForURL(`${stage.app.origin}/`)
    expect(await ready(page)).toMatchObject({ status: 'authenticated' })
    await page.goto(callback)
    expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(page.url()).toBe(`${stage.app.origin}/callback`)
    await page.goBack()
    expect(page.url()).toBe(`${stage.app.origin}/`)
    expect(await ready(page)).toMatchObject({ status: 'authenticated' })
    await page.goBack()
    expect(new URL(page.url()).origin).toBe(at.issuer.issuer)
    await page.goForward()
    expect(page.url()).toBe(`${stage.app.origin}/`)
    expect(await ready(page)).toMatchObject({ status: 'authenticated' })
    await page.goForward()
    expect(page.url()).toBe(`${stage.app.origin}/callback`)
    expect(await ready(page)).toMatchObject({ status: 'authenticated' })
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200'])
  })
})
