import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOrdersApi } from './orders-api.js'
import { asJohn, executablePath, openStage, passSeconds, ready, type Stage, state, token, tokenRequests, visit } from './tabs.js'

/** What `fetch` of the client came to: a status, or the code of an error and its step-up. */
const ask = (page: Page, url: string, init?: { method: string; body?: string }) =>
  page.evaluate(
    async (request) => {
      try {
        return (await window.client.fetch(request.url, request.init)).status
      } catch (error) {
        const { code, stepUp, name } = error as { code?: string; stepUp?: unknown; name: string }
        return code === undefined ? name : { code, stepUp }
      }
    },
    { url, init },
  )

describe.skipIf(!existsSync(executablePath))('fetch in Chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage?.close())

  test.each(['optional', 'required'] as const)('proves its key to an API that is strict about it, nonces %s', async (nonce) => {
    await using at = await visit(stage, { dpop: 'required' }, { dpop: { nonce } })
    const page = await at.logIn()
    const userInfo = `${at.issuer.issuer}/userinfo`
    expect(await ask(page, userInfo)).toBe(200)
    expect(await ask(page, userInfo, { method: 'POST' })).toBe(200)
    const status = await page.evaluate(
      async (url) => (await fetch(url, { headers: { authorization: `Bearer ${await window.client.getAccessToken()}` } })).status,
      userInfo,
    )
    expect(status).toBe(401)
  })

  test('sends the token to the origins that are listed, and nowhere else', async () => {
    await using api = await startOrdersApi()
    await using other = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'never' })
    const page = await at.logIn()
    expect(await ask(page, `${api.origin}/orders`)).toBe(200)
    expect(api.seen).toMatchObject([{ authorization: `Bearer ${await token(page)}`, proof: undefined }])
    for (const url of [other.origin, 'https://api.example.com/', '/orders', 'data:,x']) {
      expect(await ask(page, url)).toMatchObject({ code: 'origin_not_allowed' })
    }
    // Fetch knows no URL with a user in it.
    expect(await ask(page, `${api.origin}@${new URL(other.origin).host}/`)).toBe('TypeError')
    api.plan.push({ status: 307, headers: { location: `${other.origin}/` } })
    expect(await ask(page, `${api.origin}/orders`)).toBe('TypeError')
    expect(other.seen).toEqual([])
  })

  test('tries again with new access after a 401, once, and sends the body again', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'never' })
    const page = await at.logIn()
    const invalid = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }
    api.plan.push(invalid)
    expect(await ask(page, api.origin, { method: 'POST', body: 'an order' })).toBe(200)
    expect(api.seen.map(({ body }) => body)).toEqual(['an order', 'an order'])
    expect(new Set(api.seen.map(({ authorization }) => authorization)).size).toBe(2)
    api.plan.push(invalid, invalid, invalid)
    expect(await ask(page, api.origin)).toBe(401)
    expect(api.seen).toHaveLength(4)
    expect(tokenRequests(at.issuer)).toEqual(['authorization_code 200', 'refresh_token 200', 'refresh_token 200'])
  })

  test('a request of one user is not sent again for another, who has logged in meanwhile', async () => {
    await using api = await startOrdersApi()
    const users = ['john', 'jane'].map((sub) => ({ sub, description: sub }))
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'never' }, { users })
    const page = await at.logIn()
    const johns = await token(page)
    let refuse = () => {}
    api.plan.push({ status: 401, until: new Promise((resolve) => (refuse = resolve)) })
    const asked = ask(page, api.origin, { method: 'POST', body: 'of John' })
    await expect.poll(() => api.seen.length).toBe(1)
    const other = await at.open('/jane')
    await other.evaluate(() => void window.client.login({ prompt: 'login' }))
    await other.getByRole('button', { name: 'jane' }).click()
    await other.waitForURL(`${stage.app.origin}/jane`)
    await expect.poll(() => state(page)).toMatchObject({ user: { sub: 'jane' } })
    refuse()
    expect(await asked).toBe(401)
    expect(api.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${johns}`])
    expect(await ask(page, api.origin)).toBe(200)
  })

  test('hears its signal while the worker waits for the server', async () => {
    await using at = await visit(stage, { dpop: 'never' }, {}, '')
    const page = await at.logIn()
    await passSeconds(at, 301)
    await at.context.route('**/token', () => {})
    const asked = at.context.waitForEvent('request', (request) => request.url().endsWith('/token'))
    const outcome = page.evaluate((url) => {
      const controller = new AbortController()
      Object.assign(window, { controller })
      return window.client.fetch(url, { signal: controller.signal }).catch((reason: unknown) => reason)
    }, at.issuer.issuer)
    await asked
    await page.evaluate("controller.abort('enough')")
    expect(await outcome).toBe('enough')
    const late = (url: string) => window.client.fetch(url, { signal: AbortSignal.abort('before') }).catch((reason: unknown) => reason)
    expect(await page.evaluate(late, at.issuer.issuer)).toBe('before')
  })

  test('uses the nonce that an API asks for, and the next one that it brings', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], dpop: 'required' })
    const page = await at.logIn()
    api.plan.push({ status: 401, headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'first' } })
    api.plan.push({ status: 200, headers: { 'dpop-nonce': 'second' } })
    expect(await ask(page, `${api.origin}/orders?page=2`)).toBe(200)
    expect(await ask(page, `${api.origin}/orders`)).toBe(200)
    const proofs = api.seen.map(({ proof }) => decodeJwt(proof ?? ''))
    expect(proofs.map(({ nonce }) => nonce)).toEqual([undefined, 'first', 'second'])
    expect(proofs[1]).toMatchObject({ htm: 'GET', htu: `${api.origin}/orders` })
    expect(new Set(proofs.map(({ jti }) => jti)).size).toBe(3)
    expect(tokenRequests(at.issuer).filter((request) => request.startsWith('refresh'))).toEqual([])
  })

  test('a step-up that an API asks for is what login takes, and the user comes back to where they were', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin], scope: 'openid orders_read' })
    const page = await at.logIn('/payments?id=7')
    api.plan.push({
      status: 401,
      headers: { 'www-authenticate': 'DPoP error="insufficient_user_authentication", acr_values="urn:example:mfa", max_age="60"' },
    })
    const refused = await ask(page, `${api.origin}/payments`)
    expect(refused).toEqual({ code: 'step_up_required', stepUp: { acrValues: ['urn:example:mfa'], maxAgeSeconds: 60 } })
    await page.evaluate((asked) => void window.client.login(asked), (refused as { stepUp: object }).stepUp)
    await page.waitForURL(/acr_values/)
    expect(new URL(page.url()).searchParams.get('acr_values')).toBe('urn:example:mfa')
    await page.getByRole('button', { name: 'John' }).first().click()
    await page.waitForURL(`${stage.app.origin}/payments?id=7`)
    expect(await ready(page)).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
    expect(await ask(page, `${api.origin}/payments`)).toBe(200)
  })

  test('nothing is sent where nobody is logged in', async () => {
    await using api = await startOrdersApi()
    await using at = await visit(stage, { allowedOrigins: [api.origin] })
    const page = await at.open()
    expect(await ask(page, api.origin)).toMatchObject({ code: 'no_session' })
    expect(api.seen).toEqual([])
    await page.evaluate(() => void window.client.login())
    await asJohn(page)
  })
})
