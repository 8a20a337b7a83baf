import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOrdersApi } from './orders-api.js'
import { asJohn, executablePath, openStage, ready, type Stage, state, token, visit } from './tabs.js'

/** How many signals there are in the page that are not garbage. */
async function countSignals(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { result } = await session.send('Runtime.evaluate', { expression: 'AbortSignal.prototype' })
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
  const counted = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })
  return counted.result.value as number
}

describe.skipIf(!existsSync(executablePath))('what is over, in Chromium,', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('leaves nothing of a request behind, when it is a signal that lives on', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'never' })
    const page = await at.logIn()
    const ask = (times: number) =>
      page.evaluate(
        async ({ url, count }) => {
          // A signal without its controller is known to live for nothing.
          const kept = window as { controller?: AbortController }
          const { signal } = (kept.controller ??= new AbortController())
          for (let each = 0; each < count; each++) await (await window.client.fetch(url, { signal })).text()
        },
        { url: api.origin, count: times },
      )
    await ask(5)
    const before = await countSignals(page)
    await ask(60)
    expect((await countSignals(page)) - before).toBeLessThan(20)
  })

  test('has no timer run on for calls that were answered', async () => {
    await using at = await visit(stage)
    await at.context.addInitScript(() => {
      const running = new Set<unknown>()
      const [set, clear] = [setTimeout, clearTimeout]
      Object.assign(window, {
        running,
        setTimeout: (work: () => void, ms: number) => {
          const timer = set(work, ms)
          if (ms === 40_000) running.add(timer)
          return timer
        },
        clearTimeout: (timer: number) => {
          running.delete(timer)
          clear(timer)
        },
      })
    })
    const page = await at.logIn()
    await token(page)
    expect(await page.evaluate('running.size')).toBe(0)
  })

  test('does not overwrite what has begun since: a login in another tab, while the server is told of a logout', async () => {
    await using at = await visit(stage)
    const [page, other] = [await at.logIn(), await at.open('/other')]
    await at.context.route('**/.well-known/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), end_session_endpoint: undefined } })
    })
    await page.reload()
    await ready(page)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const asked = page.context().waitForEvent('request', (request) => request.url().endsWith('/revoke'))
    await at.context.route('**/revoke', async (route) => {
      await held
      await route.abort().catch(() => {})
    })
    await page.evaluate(() => void Object.assign(window, { ending: window.client.logout() }))
    await asked
    await other.evaluate(() => void window.client.login({ prompt: 'login' }))
    await asJohn(other)
    await other.waitForURL(`${stage.app.origin}/other`)
    await page.waitForFunction('client.getState().status === "authenticated"')
    release()
    await page.evaluate('ending')
    expect(await state(page)).toMatchObject({ status: 'authenticated' })
  })

  test('is a popup that was closed before the server has said where to go', async () => {
    await using at = await visit(stage)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await at.context.route('**/.well-known/*', async (route) => {
      await held
      await route.continue()
    })
    const page = await at.open()
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Log in' }).click()])
    await popup.close()
    release()
    expect(await page.evaluate('popup')).toEqual({ status: 'anonymous', error: { error: 'popup_closed' } })
  })

  test('is the silent question to a server that sends the browser nowhere', async () => {
    await using at = await visit(stage, { silentLogin: 'redirect', timeoutMs: 1000 })
    await at.context.route('**/authorize?*', (route) => route.fulfill({ status: 204 }))
    expect(await state(await at.open('/orders'))).toEqual({ status: 'anonymous' })
  })

  test('is a request that an API keeps asking for another nonce of', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'required' })
    const page = await at.logIn()
    const wanted = { status: 401, headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'another' } }
    api.plan.push(...Array.from({ length: 10 }, () => wanted))
    expect(await page.evaluate(async (url) => (await window.client.fetch(url)).status, api.origin)).toBe(401)
    expect(api.seen).toHaveLength(3)
  })
})

describe.skipIf(!existsSync(executablePath))('a server that names a URL that is not https', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  const code = 'javascript:document.title="taken"'

  test.each([code, 'http://login.example.com/authorize'])('sends nobody there to log in: %s', async (url) => {
    await using at = await visit(stage)
    await at.context.route('**/.well-known/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), authorization_endpoint: url } })
    })
    const page = await at.open()
    expect(await page.evaluate(() => window.client.login().catch((error: { code: string }) => error.code))).toBe('unavailable')
    expect([await page.title(), page.url()]).toEqual(['App', `${stage.app.origin}/`])
  })

  test.each([code, 'http://login.example.com/logout'])('sends nobody there to log out: %s', async (url) => {
    await using at = await visit(stage)
    const page = await at.logIn()
    await at.context.route('**/.well-known/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), end_session_endpoint: url } })
    })
    await page.reload()
    await ready(page)
    expect(await page.evaluate(() => window.client.logout().catch((error: { code: string }) => error.code))).toBe('unavailable')
    expect(await state(page)).toEqual({ status: 'anonymous' })
    expect([await page.title(), page.url()]).toEqual(['App', `${stage.app.origin}/`])
  })
})
