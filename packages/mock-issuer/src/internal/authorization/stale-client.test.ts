import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import type { OpenPage } from '../../../test/browser.js'
import { authorizationUrl, post } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const old = 'http://127.0.0.1:4000/callback'
const metadata = {
  redirect_uris: [old],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  scope: 'openid orders_read',
}
const deviceOnly = { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], response_types: [] }

async function createRegistered() {
  const issuer = await createMockIssuer()
  const send = (url: string, method: string, token?: string, body?: object) =>
    issuer.fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const client = await (await send(`${issuer.issuer}/register`, 'POST', undefined, metadata)).json()
  const { client_id, registration_client_uri: uri, registration_access_token: token } = client
  const url = authorizationUrl(issuer, { client_id, redirect_uri: old })
  return {
    issuer,
    clientId: client_id as string,
    url,
    browser: createBrowser(issuer.fetch),
    change: async (changes: object) => (await send(uri, 'PUT', token, { ...metadata, client_id, ...changes })).status,
    remove: async () => (await send(uri, 'DELETE', token)).status,
  }
}

function answerOf({ response }: OpenPage) {
  const location = response.headers.get('location')
  const { origin, pathname, searchParams } = new URL(location ?? 'about:blank')
  return location === null ? response.status : { to: origin + pathname, error: searchParams.get('error'), code: searchParams.get('code') }
}

const fields = [
  ['a login', { user: 'john' }],
  ['a cancelled login', { action: 'cancel' }],
  ['a chosen error', { action: 'error', error: 'server_error' }],
] as const

describe('a client that changed while its login page was open', () => {
  test.each(fields)('is sent nothing at a redirect URI that it gave up: %s', async (_, chosen) => {
    const { browser, url, change } = await createRegistered()
    const page = await browser.open(url)

    expect(await change({ redirect_uris: ['https://new.example.com/callback'] })).toBe(200)
    expect(answerOf(await page.submit(chosen))).toBe(400)
  })

  test.each(fields)('is sent nothing when it is gone: %s', async (_, chosen) => {
    const { browser, url, remove } = await createRegistered()
    const page = await browser.open(url)

    expect(await remove()).toBe(204)
    expect(answerOf(await page.submit(chosen))).toBe(400)
  })

  test.each([
    ['invalid_scope', { scope: 'openid' }],
    ['unauthorized_client', deviceOnly],
  ])('is told %s when it may not have the code any more', async (error, changes) => {
    const { browser, url, change } = await createRegistered()
    const page = await browser.open(url)

    expect(await change(changes)).toBe(200)
    expect(answerOf(await page.submit({ user: 'john' }))).toEqual({ to: old, error, code: null })
  })

  test('is sent its code where the change leaves the request allowed', async () => {
    const { browser, url, change } = await createRegistered()
    const page = await browser.open(url)

    expect(await change({ redirect_uris: ['https://new.example.com/callback', old], client_name: 'Newer app' })).toBe(200)
    expect(answerOf(await page.submit({ user: 'john' }))).toEqual({ to: old, error: null, code: expect.stringMatching(/^[\w-]{43}$/) })
  })
})

describe('a client that changed after it pushed a request', () => {
  async function pushed() {
    const registered = await createRegistered()
    const { issuer, clientId, url, browser } = registered
    const { request_uri } = await (await post(issuer, '/par', Object.fromEntries(url.searchParams))).json()
    const query = new URLSearchParams({ client_id: clientId, request_uri })
    return { ...registered, open: () => browser.open(`${issuer.issuer}/authorize?${query.toString()}`) }
  }

  test('is sent nothing at a redirect URI that it gave up, or when it is gone', async () => {
    const [changed, removed] = [await pushed(), await pushed()]
    await changed.change({ redirect_uris: ['https://new.example.com/callback'] })
    await removed.remove()

    for (const { open } of [changed, removed]) expect(answerOf(await open())).toBe(400)
  })

  test.each([
    ['invalid_scope', { scope: 'openid' }],
    ['unauthorized_client', deviceOnly],
  ])('is told %s when it may not have the code any more', async (error, changes) => {
    const { open, change } = await pushed()

    expect(await change(changes)).toBe(200)
    expect(answerOf(await open())).toEqual({ to: old, error, code: null })
  })
})
