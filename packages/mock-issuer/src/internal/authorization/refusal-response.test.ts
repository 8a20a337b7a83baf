import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

async function start(redirectUri: string, options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  const { initialAccessToken = '' } = options
  const metadata = { redirect_uris: [redirectUri], post_logout_redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }
  const registered = await issuer.fetch(`${issuer.issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${initialAccessToken}` },
    body: JSON.stringify(metadata),
  })
  const { client_id: clientId } = await registered.json()
  const ask = async (parameters: Record<string, string>) => {
    const response = await issuer.fetch(authorizationUrl(issuer, { client_id: clientId, redirect_uri: redirectUri, ...parameters }))
    return { status: response.status, location: response.headers.get('location'), text: await response.text() }
  }
  return { issuer, clientId, ask }
}

const refusals = [
  { response_type: 'x' },
  { scope: 'a  b' },
  { response_mode: 'form_post', code_challenge: '' },
  { acr_values: 'none-such' },
]

test.each(['https://evil.example.com/', 'com.example.evil:/callback'])('sends nobody to %s of a stranger for a refusal', async (uri) => {
  const { ask, clientId } = await start(uri)
  for (const parameters of [...refusals, { prompt: 'none', response_type: 'x' }]) {
    const { status, location, text } = await ask(parameters)
    expect({ parameters, status, location }).toEqual({ parameters, status: 400, location: null })
    expect(text).toContain(
      `The application ${clientId} registered itself, so nobody is sent to ${uri.startsWith('https') ? 'evil.example.com' : 'com.example.evil:'} unasked.`,
    )
    expect(text).not.toContain('<form')
  }
})

test('logs what would mend a request of a stranger', async () => {
  const { ask, issuer } = await start('https://evil.example.com/')
  await ask({ scope: 'a  b' })

  expect(issuer.requests.at(-1)?.refusal).toMatchObject({ error: 'invalid_scope', advice: 'Write it as "orders_read orders_write".' })
})

test('sends the user there who has seen where it leads, and cancelled', async () => {
  const { issuer, clientId } = await start('https://new.example.com/')
  const url = authorizationUrl(issuer, { client_id: clientId, redirect_uri: 'https://new.example.com/' })
  const { response } = await (await createBrowser(issuer.fetch).open(url)).submit({ action: 'cancel' })

  expect(response.headers.get('location')).toMatch(/^https:\/\/new\.example\.com\/\?error=access_denied&/)
})

test.each<[string, string, MockIssuerOptions]>([
  ['to this machine', 'http://127.0.0.1:3000/callback', {}],
  ['of a client that had the initial access token', 'https://new.example.com/', { initialAccessToken: 'let-me-in' }],
])('redirects with a refusal %s', async (_, uri, options) => {
  const { ask } = await start(uri, options)

  expect((await ask({ response_type: 'x' })).location).toContain('error=unsupported_response_type')
  expect((await ask({ acr_values: 'none-such' })).location).toContain('error=unmet_authentication_requirements')
})

test('answers a silent request to a stranger by a redirect, as OpenID Connect has it', async () => {
  const { ask } = await start('https://new.example.com/')

  expect((await ask({ prompt: 'none' })).location).toMatch(/^https:\/\/new\.example\.com\/\?error=login_required&/)
})

test('sends nobody to a stranger from a logout without a session', async () => {
  const { issuer, clientId } = await start('https://evil.example.com/')
  const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: 'https://evil.example.com/' })
  const response = await issuer.fetch(`${issuer.issuer}/logout?${query.toString()}`)

  expect([response.status, response.headers.get('location'), response.headers.get('refresh')]).toEqual([200, null, null])
  expect(await response.text()).not.toContain('evil.example.com')
})
