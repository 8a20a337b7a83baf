import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AuthState } from '@bailiwick/client/browser'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executablePath } from './tabs.js'

const john = { status: 'authenticated', user: { sub: 'john' } } as const

describe.skipIf(!existsSync(executablePath)).each([
  ['18', { react: 'react18', 'react-dom': 'react-dom18' }],
  ['19', {}],
] as const)('the binding of React %s in Chromium', (version, alias) => {
  let browser: Browser
  let script: string
  let page: Page

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('react-page.ts', import.meta.url))],
      absWorkingDir: import.meta.dirname,
      bundle: true,
      write: false,
      alias,
      conditions: ['@bailiwick/source'],
      define: { 'process.env.NODE_ENV': '"development"' },
    })
    script = outputFiles[0]!.text
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
    await page.setContent('<!doctype html><title>App</title>')
    await page.addScriptTag({ content: script })
  })
  afterAll(() => browser?.close())

  /** With an outage in mind, and without. */
  const shown = () => page.locator('main, aside').allTextContents()
  const tell = (state: AuthState) => page.evaluate((next) => window.tell(next), state)

  test('has the page handled, and shows that it is loading', async () => {
    await expect.poll(() => page.evaluate(() => window.handled)).toBe(1)
    expect(await page.evaluate(() => window.reactVersion.split('.')[0])).toBe(version)
    expect(await shown()).toEqual(['One moment', ''])
  })

  test('shows each state, as it is told', async () => {
    await tell({ status: 'anonymous' })
    await expect.poll(shown).toEqual(['Log in', 'Please log in'])
    await tell(john)
    await expect.poll(() => page.locator('input').count()).toBe(1)
  })

  test('an outage takes nothing from a user who is known: what was typed stays', async () => {
    await page.locator('input').fill('twelve pencils')
    await tell({ status: 'unavailable', user: john.user })
    await tell({ ...john, user: { sub: 'john', name: 'John' } })
    expect(await page.locator('input').inputValue()).toBe('twelve pencils')
  })

  test('an outage before anybody is known says so, and can be tried again', async () => {
    await tell({ status: 'unavailable', user: undefined })
    await expect.poll(shown).toEqual(['Try again', 'Please log in'])
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => page.evaluate(() => window.handled)).toBe(2)
  })
})
