import * as client from 'openid-client'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../src/index.js'
import { createBrowser } from './browser.js'

const redirectUri = 'https://app.example.com/callback'
const home = 'https://app.example.com/'

async function start() {
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'app', redirectUris: [redirectUri], postLogoutRedirectUris: [home] }],
    users: [{ sub: 'john' }],
  })
  const config = await client.discovery(new URL(issuer.issuer), 'app', undefined, client.None(), {
    [client.customFetch]: (url, init) => issuer.fetch(url, init as RequestInit),
    execute: [client.allowInsecureRequests],
  })
  const browser = createBrowser(issuer.fetch)

  /** Runs the code flow; a page that is shown is answered as john. */
  async function authorize(more: Record<string, string>, maxAge?: number) {
    const [pkceCodeVerifier, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomNonce()]
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid',
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
      ...more,
    })
    const page = await browser.open(url)
    const answer = page.response.status === 303 ? page : await page.submit({ user: 'john' })
    const callback = new URL(answer.response.headers.get('location') ?? 'about:blank')
    return client.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier,
      expectedNonce,
      idTokenExpected: true,
      ...(maxAge === undefined ? {} : { maxAge }),
    })
  }
  return { issuer, config, browser, authorize }
}

test('openid-client logs in silently, steps up, checks the age of the login, and logs out', async () => {
  const { config, browser, authorize } = await start()
  const first = await authorize({})
  const silent = await authorize({ prompt: 'none' }, 60)
  const stronger = await authorize({ acr_values: 'urn:example:mfa' })

  expect(silent.claims()).toMatchObject({ sub: 'john', sid: first.claims()?.['sid'], acr: 'urn:example:pwd' })
  expect(stronger.claims()).toMatchObject({ sub: 'john', sid: first.claims()?.['sid'], acr: 'urn:example:mfa' })

  const url = client.buildEndSessionUrl(config, { id_token_hint: first.id_token ?? '', post_logout_redirect_uri: home, state: 's' })
  const { response } = await browser.open(url)
  expect(response.headers.get('location')).toBe(`${home}?state=s`)
  await expect(authorize({ prompt: 'none' })).rejects.toMatchObject({ error: 'login_required' })
})
