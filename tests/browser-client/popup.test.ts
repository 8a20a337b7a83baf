import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, atServer, executablePath, openStage, type Stage, state, visit } from './tabs.js'

/** A popup to log in with, at the server. */
async function openPopup(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Log in' }).click()])
  await atServer(popup)
  return popup
}

/** The server sends the popup back as it does when the user says no. */
async function refuse(popup: Page, iss: string): Promise<void> {
  const { state: attempt, redirect_uri: redirectUri } = Object.fromEntries(new URL(popup.url()).searchParams)
  const query = new URLSearchParams({ error: 'access_denied', state: attempt ?? '', iss })
  await popup.goto(`${redirectUri}?${query}`).catch(() => {})
}

describe.skipIf(!existsSync(executablePath))('a login by popup in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('logs in by popup, which closes, and leaves the page where it is', async () => {
    await using at = await visit(stage)
    const page = await at.open('/orders')
    const popup = await openPopup(page)
    await Promise.all([popup.waitForEvent('close'), asJohn(popup)])
    expect(await page.evaluate('popup')).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(await state(page)).toMatchObject({ status: 'authenticated' })
    expect(page.url()).toBe(`${stage.app.origin}/orders`)
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  })

  test('a popup that is closed, or in which the user says no, leaves the page anonymous, and says why', async () => {
    await using at = await visit(stage)
    const page = await at.open()
    await (await openPopup(page)).close()
    expect(await page.evaluate('popup')).toEqual({ status: 'anonymous', error: { error: 'popup_closed' } })
    await refuse(await openPopup(page), at.issuer.issuer)
    expect(await page.evaluate('popup')).toMatchObject({ status: 'anonymous', error: { error: 'access_denied' } })
  })

  test('a further login that is closed or refused leaves the session, and says why it brought nothing', async () => {
    await using at = await visit(stage)
    const page = await at.logIn()
    await (await openPopup(page)).close()
    expect(await page.evaluate('popup')).toMatchObject({
      status: 'authenticated',
      user: { sub: 'john' },
      error: { error: 'popup_closed' },
    })
    await refuse(await openPopup(page), at.issuer.issuer)
    expect(await page.evaluate('popup')).toMatchObject({ status: 'authenticated', error: { error: 'access_denied' } })
    expect(await state(page)).toMatchObject({ status: 'authenticated', error: { error: 'access_denied' } })
    const popup = await openPopup(page)
    await Promise.all([popup.waitForEvent('close'), asJohn(popup)])
    expect(await page.evaluate('popup')).not.toHaveProperty('error')
  })

  test('the page that a popup shows cannot send the app elsewhere', async () => {
    await using at = await visit(stage)
    const page = await at.open('/orders')
    const popup = await openPopup(page)
    expect(new URL(popup.url()).origin).toBe(at.issuer.issuer)
    expect(await popup.evaluate('window.opener')).toBe(null)
  })

  test('a popup that the browser does not open is an error', async () => {
    await using at = await visit(stage)
    const page = await at.open()
    await page.evaluate(() => Object.assign(window, { open: () => null }))
    expect(await page.evaluate(() => window.client.login({ display: 'popup' }).catch((error: { code: string }) => error.code))).toBe(
      'popup_blocked',
    )
  })
})
