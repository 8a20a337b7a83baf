import { existsSync } from 'node:fs'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../browser-client/served-app.js'
import { type Firefox, firefoxPath, openFirefox, type Tab } from './firefox.js'

describe.skipIf(!existsSync(firefoxPath))('the tokens mode in Firefox', () => {
  let firefox: Firefox
  let app: ServedApp
  let issuer: MockIssuer

  beforeAll(async () => {
    ;[firefox, app] = await Promise.all([openFirefox(), serveApp()])
    issuer = await createMockIssuer({
      clients: [{ clientId: 'app', redirectUris: [`${app.origin}/callback`], postLogoutRedirectUris: [`${app.origin}/`] }],
    })
    await issuer.listen()
    app.setup = {
      options: {
        mode: 'tokens',
        issuer: issuer.issuer,
        clientId: 'app',
        redirectUri: `${app.origin}/callback`,
        allowedOrigins: [new URL(issuer.issuer).origin],
        dpop: 'required',
      },
    }
  }, 60_000)
  afterAll(async () => {
    await firefox?.[Symbol.asyncDispose]()
    await app?.close()
    await issuer?.[Symbol.asyncDispose]()
  })

  const token = async (tab: Tab) => String(await tab.evaluate('window.client.getAccessToken()'))

  /** Waits for what an expression says, through pages that come and go. */
  const settles = (tab: Tab, expression: string) => expect.poll(() => tab.evaluate(expression).catch(String), { timeout: 10_000 })

  /** What the page knows of the user, once it has loaded. */
  const userOf = (tab: Tab) =>
    settles(tab, `window.ready.then(() => [window.client.getState()].map(({ status, user }) => [status, user?.sub ?? null])[0])`)

  async function logIn(path = '/'): Promise<Tab> {
    const tab = await firefox.open(app.origin + path)
    await tab.evaluate('void window.client.login()')
    await settles(tab, `document.querySelector('button[name="user"][value="john"]') !== null`).toBe(true)
    await tab.evaluate(`void document.querySelector('button[name="user"][value="john"]').click()`)
    await settles(tab, 'location.href').toBe(app.origin + path)
    return tab
  }

  test('logs in by redirect with a key of its own, keeps the session through a reload, and logs out in all tabs', async () => {
    const first = await logIn('/orders?page=2')
    await userOf(first).toEqual(['authenticated', 'john'])
    const before = await token(first)
    expect(decodeJwt(before)).toMatchObject({ sub: 'john', cnf: { jkt: expect.stringMatching(/^[\w-]{43}$/) } })

    await first.goto(`${app.origin}/orders?page=3`)
    await userOf(first).toEqual(['authenticated', 'john'])
    expect(await token(first)).toBe(before)

    const second = await firefox.open(app.origin)
    await userOf(second).toEqual(['authenticated', 'john'])
    expect(await token(second)).toBe(before)
    const answered = await second.evaluate(`window.client.fetch('${issuer.issuer}/userinfo').then((response) => response.json())`)
    expect(answered).toMatchObject({ sub: 'john' })

    await first.evaluate('void window.client.logout()')
    await userOf(second).toEqual(['anonymous', null])
    await settles(first, 'location.pathname').toBe('/')
    await userOf(first).toEqual(['anonymous', null])
  })

  test('the record of the session is sealed, under keys that cannot be taken along', async () => {
    const tab = await logIn()
    await userOf(tab).toEqual(['authenticated', 'john'])
    const accessToken = await token(tab)
    const stored = await tab.evaluate(`(async () => {
      const opening = indexedDB.open('bailiwick', 1)
      await new Promise((resolve) => (opening.onsuccess = resolve))
      const asked = opening.result.transaction('sessions').objectStore('sessions').getAll()
      await new Promise((resolve) => (asked.onsuccess = resolve))
      const [{ seal, pair, sealed }] = asked.result
      const extractable = [seal.extractable, pair.privateKey.extractable]
      return { extractable, text: new TextDecoder().decode(sealed) + JSON.stringify([sessionStorage, localStorage]) }
    })()`)
    expect(stored).toMatchObject({ extractable: [false, false], text: expect.not.stringContaining(accessToken) })
  })
})
