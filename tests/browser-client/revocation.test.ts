import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executablePath, openStage, ready, type Stage, state, type Visit, visit } from './tabs.js'

const users = [
  { sub: 'john', description: 'John' },
  { sub: 'jane', description: 'Jane' },
]
const as = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

async function logInAgain(page: Page, name: string): Promise<void> {
  await page.evaluate(() => void window.client.login({ prompt: 'login' }))
  await as(page, name)
  await page.waitForURL('**/')
  await ready(page)
}

/** What the issuer makes of a refresh token now, which it is asked for outside of the browser. */
async function refresh({ issuer }: Visit, refreshToken: string): Promise<number> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'app' }
  return (await fetch(`${issuer.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })).status
}

/** The refresh tokens that the issuer gives, in turn. */
async function listen({ context }: Visit): Promise<string[]> {
  const given: string[] = []
  await context.route('**/token', async (route) => {
    const response = await route.fetch()
    given.push(((await response.json()) as { refresh_token: string }).refresh_token)
    await route.fulfill({ response })
  })
  return given
}

const revocations = ({ issuer }: Visit, count: number) =>
  expect.poll(() => issuer.requests.filter(({ endpoint }) => endpoint === 'revocation'), { timeout: 10_000 }).toHaveLength(count)

describe.skipIf(!existsSync(executablePath))('a refresh token that nobody has any more, in Chromium,', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('is revoked as another user logs in, by redirect and by popup', async () => {
    await using at = await visit(stage, { dpop: 'never' }, { users })
    const given = await listen(at)
    const page = await at.open()
    await logInAgain(page, 'John')
    await logInAgain(page, 'Jane')
    await revocations(at, 1)
    expect(await refresh(at, given[0] ?? '')).toBe(400)
    // What is on its way through the test goes with the popup.
    await at.context.unrouteAll()
    const other = await at.open()
    const [popup] = await Promise.all([other.waitForEvent('popup'), other.getByRole('button', { name: 'Log in' }).click()])
    await Promise.all([popup.waitForEvent('close'), as(popup, 'John')])
    await other.waitForFunction('client.getState().user?.sub === "john"')
    await revocations(at, 2)
    expect(await refresh(at, given[1] ?? '')).toBe(400)
    expect(await other.evaluate(() => window.client.getAccessToken())).toMatch(/^eyJ/)
  })

  test('is revoked by a logout though the metadata cannot be had', async () => {
    await using at = await visit(stage, { dpop: 'never' })
    const given = await listen(at)
    const page = await at.logIn()
    await page.reload()
    await ready(page)
    await at.context.route('**/.well-known/*', (route) => route.abort())
    await page.evaluate(() => window.client.logout())
    expect(await state(page)).toEqual({ status: 'anonymous' })
    expect(await refresh(at, given[0] ?? '')).toBe(400)
  })
})
