import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, redirectUri } from '../../../test/code-flow.js'
import { authorize, logInWith, redeem, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const scope = 'openid offline_access'
const clients = [{ clientId: 'app', redirectUris: [redirectUri], consent: 'implied' }] as const

async function start(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const browser = createBrowser(issuer.fetch)
  const answer = async (changes: Record<string, string> = {}): Promise<string | undefined> => {
    const { code } = redirectOf(await authorize(browser, issuer, { scope, ...changes }))
    return (await redeem(issuer, code)).scope
  }
  return { issuer, browser, answer }
}

test.each([
  ['autoLogin', { autoLogin: 'john' }],
  ['autoLogin for a client that needs no consent', { autoLogin: 'john', clients }],
])('is not granted when nobody was asked: %s', async (_, options) => {
  const { answer } = await start(options)
  expect(await answer()).toBe('openid')
  expect(await answer()).toBe('openid')
  expect(await answer({ prompt: 'none' })).toBe('openid')
})

test('is not granted to a login by header', async () => {
  const { issuer, browser } = await start()
  const page = await browser.open(authorizationUrl(issuer, { scope }), {
    headers: { 'mock-user': 'john' },
  })
  expect((await redeem(issuer, redirectOf(page)['code'])).scope).toBe('openid')
})

test('is not granted silently to a client that needs no consent, if it was not granted before', async () => {
  const { issuer, browser, answer } = await start({ clients })
  await logInWith(browser, issuer, { scope: 'openid' })
  expect(await answer({ prompt: 'none' })).toBe('openid')
})

test('is granted when the client asks for consent, and from then on in that session', async () => {
  const { answer } = await start({ autoLogin: 'john' })
  expect(await answer({ prompt: 'consent' })).toBe(scope)
  expect(await answer({ prompt: 'none' })).toBe(scope)
})

test('is granted by a person who leaves it ticked, and not by one who does not', async () => {
  const { issuer, browser, answer } = await start()
  expect((await logInWith(browser, issuer, { scope }, { user: 'john', choose_scopes: '1' })).scope).toBe('openid')
  expect((await logInWith(browser, issuer, { scope }, { user: 'john', choose_scopes: '1', 'scope:offline_access': 'on' })).scope).toBe(
    scope,
  )
  expect(await answer({ prompt: 'none' })).toBe(scope)
})
