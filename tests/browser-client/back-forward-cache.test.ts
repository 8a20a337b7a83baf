import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atServer, executablePath, openStage, type Stage, state, token, visit } from './tabs.js'

/** Goes back, as a user does, to a page that the browser has kept as it was. Playwright waits for a load that there is not. */
async function backToFrozen(page: Page): Promise<void> {
  await page.goBack({ timeout: 1000 }).catch(() => {})
  await page.waitForFunction('window.wasFrozen')
}

describe.skipIf(!existsSync(executablePath))('a page that Chromium has kept as it was left', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage(['--disable-back-forward-cache'])
  })
  afterAll(() => stage?.close())

  async function visitFreezer(worker?: string) {
    const at = await visit(stage, {}, {}, worker)
    await at.context.addInitScript(() =>
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) Object.assign(window, { wasFrozen: true })
      }),
    )
    return at
  }

  test('knows of the logout that it has not heard of', async () => {
    await using at = await visitFreezer('deaf')
    const page = await at.logIn()
    await page.goto(`${at.issuer.issuer}/.well-known/openid-configuration`)
    const other = await at.open()
    const returned = other.waitForEvent('framenavigated')
    await other.evaluate(() => window.client.logout())
    await returned
    await backToFrozen(page)
    await expect.poll(() => state(page)).toEqual({ status: 'anonymous' })
    await expect(token(page)).rejects.toThrow('Nobody is logged in')
  })

  test('is told how the login ended that the user has gone back from', async () => {
    await using at = await visitFreezer()
    const page = await at.open('/orders')
    await page.evaluate(() => {
      Object.assign(window, { left: window.client.login() })
    })
    await atServer(page)
    await backToFrozen(page)
    expect(await page.evaluate('left')).toEqual({ status: 'anonymous' })

    await page.evaluate(() => {
      Object.assign(window, { left: window.client.login(), wasFrozen: false })
    })
    await atServer(page)
    await at.logIn()
    await backToFrozen(page)
    expect(await page.evaluate('left')).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
  })
})
