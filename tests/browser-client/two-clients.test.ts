import { existsSync } from 'node:fs'
import type { TokensModeOptions } from '@bailiwick/client/browser'
import { decodeJwt } from 'jose'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJohn, executablePath, openStage, ready, type Stage, token, visit } from './tabs.js'

const [orders, payments] = ['https://orders.example.com', 'https://payments.example.com'] as const

/** What another client of the page finds, with its access token if there is one. */
const other = (page: Page, changes: Partial<TokensModeOptions>) =>
  page.evaluate(async (changed) => {
    const client = window.create({ ...window.setup.options, ...changed } as TokensModeOptions)
    const { status } = await client.handlePage()
    return { status, token: status === 'authenticated' ? await client.getAccessToken() : '' }
  }, changes)

const audience = (accessToken: string) => decodeJwt(accessToken).aud

describe.skipIf(!existsSync(executablePath))('two clients of one origin, in Chromium,', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test('have no token of each other, if they are for different resources', async () => {
    await using at = await visit(stage, { resource: orders, dpop: 'never' }, { resources: [orders, payments] })
    const page = await at.logIn()
    expect(audience(await token(page))).toBe(orders)
    expect(await other(page, { resource: payments })).toEqual({ status: 'anonymous', token: '' })
    if (stage.app.setup) stage.app.setup.options = { ...stage.app.setup.options, resource: payments } as TokensModeOptions
    const second = await at.open()
    await second.evaluate(() => void window.client.login())
    await asJohn(second)
    await second.waitForURL(`${stage.app.origin}/`)
    expect(await ready(second)).toMatchObject({ status: 'authenticated' })
    expect(audience(await token(second))).toBe(payments)
    expect(audience((await other(second, { resource: orders })).token)).toBe(orders)
    expect(at.issuer.requests.filter(({ endpoint }) => endpoint === 'revocation')).toEqual([])
  })

  test('end no login of each other, if they are for different resources', async () => {
    await using at = await visit(stage, { resource: orders, dpop: 'never' }, { resources: [orders, payments] })
    const page = await at.open()
    await page.evaluate(() => void window.client.login())
    if (stage.app.setup) stage.app.setup.options = { ...stage.app.setup.options, resource: payments } as TokensModeOptions
    await asJohn(page)
    await page.waitForURL((url) => url.origin === stage.app.origin && url.search === '')
    expect(await ready(page)).toEqual({ status: 'anonymous' })
    expect(at.issuer.requests.filter(({ grantType }) => grantType === 'authorization_code')).toEqual([])
  })

  test('share their session, if only the scope is another', async () => {
    await using at = await visit(stage, { dpop: 'never' })
    const page = await at.logIn()
    expect((await other(page, { scope: 'openid orders_read' })).token).toBe(await token(page))
  })
})
