import { existsSync } from 'node:fs'
import type { TokensModeOptions } from '@bailiwick/client/browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, atServer, executablePath, openStage, ready, type Stage, state, token, visit } from './tabs.js'

const outcome = (page: Page) =>
  page.evaluate(() =>
    window.client.getAccessToken().then(
      () => 'token',
      (error: { code: string }) => error.code,
    ),
  )

describe.skipIf(!existsSync(executablePath))('the worker of a page in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('that could not be loaded is started again by the next call', async () => {
    await using at = await visit(stage)
    await at.logIn()
    await at.context.route('**/assets/worker.js', (route) => route.abort())
    const page = await at.open()
    expect(await state(page)).toEqual({ status: 'unavailable' })
    expect(await outcome(page)).toBe('unavailable')
    await at.context.unroute('**/assets/worker.js')
    expect(await page.evaluate(() => window.client.handlePage())).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
  })

  test('that could not be loaded for a callback leaves the user where they wanted to go, and the page says that it cannot tell', async () => {
    await using at = await visit(stage)
    const page = await at.open('/orders')
    await page.evaluate(() => void window.client.login())
    await atServer(page)
    await at.context.route('**/assets/worker.js', (route) => route.abort())
    await asJohn(page)
    await page.waitForURL(`${stage.app.origin}/orders`)
    expect(await ready(page)).toEqual({ status: 'unavailable' })
  })

  test('that has died keeps no call waiting for ever, and another takes its place', async () => {
    await using at = await visit(stage)
    await at.context.addInitScript(() => {
      const workers: Worker[] = []
      const Original = Worker
      const Watched = class extends Original {
        constructor(...input: ConstructorParameters<typeof Worker>) {
          super(...input)
          workers.push(this)
        }
      }
      Object.assign(window, { workers, Worker: Watched })
    })
    await at.logIn()
    const page = await at.context.newPage()
    await page.clock.install()
    await page.goto(stage.app.origin)
    await ready(page)
    await page.evaluate('workers[0].terminate()')
    const reported = page.waitForEvent('pageerror')
    const [first, second] = [outcome(page), page.evaluate(() => window.client.handlePage())]
    await page.evaluate(() => {})
    await page.clock.fastForward(40_000)
    expect(await first).toBe('unavailable')
    expect(await second).toMatchObject({ status: 'unavailable', user: { sub: 'john' } })
    expect((await reported).message).toContain('The worker does not answer')
    expect((await token(page)).length).toBeGreaterThan(20)
    expect(await page.evaluate('workers.length')).toBe(2)
    // The limits of calls that were answered end nothing.
    await page.clock.fastForward(40_000)
    expect(await outcome(page)).toBe('token')
    expect(await page.evaluate('workers.length')).toBe(2)
  })

  test('that cannot be made is told to the developer, and the page does not stay at loading', async () => {
    await using at = await visit(stage)
    const page = await at.open()
    const reported = page.waitForEvent('pageerror')
    const given = page.evaluate(() => {
      const worker = () => {
        throw new Error('This page has no workers.')
      }
      const options = { ...(window.setup.options as TokensModeOptions), worker }
      return window.create(options).handlePage()
    })
    expect((await reported).message).toContain('This page has no workers.')
    expect(await given).toEqual({ status: 'unavailable' })
  })
})
