import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, executablePath, openStage, passSeconds, ready, type Stage, state, token, tokenRequests, visit } from './tabs.js'

/** Has the storage of every disturbed worker take none of these from now on. */
const refuse = (page: Page, ...methods: ('put' | 'delete')[]) =>
  page.evaluate((refused) => new BroadcastChannel('storage').postMessage(refused), methods)

const logout = (page: Page) => page.evaluate(() => window.client.logout().catch((error: { code: string }) => error.code))

describe.skipIf(!existsSync(executablePath))('a storage in Chromium that does not work', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('a logout where it is full is a logout', async () => {
    await using at = await visit(stage, {}, {}, '')
    const page = await at.logIn()
    await refuse(page, 'put')
    const returned = page.waitForEvent('framenavigated', (frame) => frame.url() === `${stage.app.origin}/`)
    await page.evaluate(() => void window.client.logout())
    await returned
    expect(await ready(page)).toEqual({ status: 'anonymous' })
    expect(await ready(await at.open())).toEqual({ status: 'anonymous' })
  })

  test('a renewal where it is full keeps the tab that made it, and no other tab uses what is spent', async () => {
    await using at = await visit(stage, { dpop: 'never' }, {}, '')
    const page = await at.logIn()
    const other = await at.open()
    const before = await token(page)
    await refuse(page, 'put')
    await passSeconds(at, 301)
    const renewed = await token(page)
    expect(renewed).not.toBe(before)
    await expect(token(other)).rejects.toThrow('Nobody is logged in')
    expect(await token(page)).toBe(renewed)
    expect([await state(page), await state(other)]).toMatchObject([{ status: 'authenticated' }, { status: 'anonymous' }])
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200', 'refresh_token 200'])
  })

  test('a logout that can neither overwrite nor delete the session says so, and the server has ended it', async () => {
    await using at = await visit(stage, {}, {}, '')
    const page = await at.logIn()
    await refuse(page, 'put', 'delete')
    expect(await logout(page)).toBe('storage_unavailable')
    expect(await state(page)).toEqual({ status: 'anonymous' })
    await expect(token(page)).rejects.toThrow('Nobody is logged in')
    expect(at.issuer.requests.filter(({ endpoint }) => endpoint === 'revocation').map(({ status }) => status)).toEqual([200])
  })

  test.each(['when-supported', 'never'] as const)('a read that fails ends no session, in any tab: dpop %s', async (dpop) => {
    await using at = await visit(stage, { dpop }, {}, '')
    const page = await at.logIn()
    const other = await at.open()
    await passSeconds(at, 301)
    await page.evaluate(() => new BroadcastChannel('failures').postMessage(1))
    await expect(token(page)).rejects.toThrow()
    await page.evaluate(() => new BroadcastChannel('failures').postMessage(0))
    expect(await token(other)).toBe(await token(page))
    expect([await state(page), await state(other)]).toMatchObject([{ status: 'authenticated' }, { status: 'authenticated' }])
    expect(tokenRequests(at.issuer).filter((asked) => asked.startsWith('refresh'))).toEqual(['refresh_token 200'])
  })

  test('a key that was cleared with the data of the site keeps nobody from logging in again by popup', async () => {
    await using at = await visit(stage)
    const page = await at.logIn('/orders')
    await page.evaluate(async () => {
      const opening = indexedDB.open('bailiwick', 1)
      await new Promise((resolve) => (opening.onsuccess = resolve))
      const transaction = opening.result.transaction('sessions', 'readwrite')
      transaction.objectStore('sessions').clear()
      await new Promise((resolve) => (transaction.oncomplete = resolve))
      opening.result.close()
    })
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Log in' }).click()])
    await Promise.all([popup.waitForEvent('close'), asJohn(popup)])
    expect(await page.evaluate('popup')).toMatchObject({ status: 'authenticated' })
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200', 'authorization_code 200'])
  })

  test('a database that does not open keeps no page at loading, and nobody from logging in', async () => {
    await using at = await visit(stage, { timeoutMs: 1000 }, {}, 'silentIndexedDb')
    const page = await at.open()
    expect(await state(page)).toEqual({ status: 'unavailable' })
    expect(await page.evaluate(() => window.client.handlePage())).toEqual({ status: 'anonymous' })
    expect(await state(await at.logIn())).toMatchObject({ status: 'authenticated' })
  })
})
