import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const text = (html: string): string => html.replaceAll(/<style[^]*<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

async function openPageOf(redirectUri: string) {
  const issuer = await createMockIssuer()
  const metadata = { redirect_uris: [redirectUri], client_name: 'Example app', token_endpoint_auth_method: 'none' }
  const headers = { 'content-type': 'application/json' }
  const registered = await issuer.fetch(`${issuer.issuer}/register`, { method: 'POST', headers, body: JSON.stringify(metadata) })
  const { client_id: clientId } = await registered.json()
  const url = authorizationUrl(issuer, { client_id: clientId, redirect_uri: redirectUri })
  return { clientId, page: await createBrowser(issuer.fetch).open(url) }
}

test.each([
  ['https://evil.example.com/callback?a=1', 'evil.example.com'],
  ['https://evil.example.com:8443/callback', 'evil.example.com:8443'],
  ['http://[::1]:3000/callback', '[::1]:3000'],
  ['com.example.app:/callback', 'com.example.app:'],
])('a client that registered itself, under whatever name, is shown with its id and where it sends the user: %s', async (uri, host) => {
  const { clientId, page } = await openPageOf(uri)
  const told = `The application registered itself, as ${clientId} . You go on to ${host} .`

  expect(text(page.html)).toContain(told)
  expect(text((await page.submit({ username: '', action: 'continue' })).html)).toContain(told)
})

test('a client of the options is shown by its name alone', async () => {
  const issuer = await createMockIssuer()
  const { html } = await createBrowser(issuer.fetch).open(authorizationUrl(issuer))

  expect(text(html)).toContain('Log in to Example app')
  expect(text(html)).not.toContain('registered itself')
})
