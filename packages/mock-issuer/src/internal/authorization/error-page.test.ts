import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { IssuerClient } from '../../client.js'

const clients: readonly IssuerClient[] = [
  { clientId: 'app', redirectUris: [redirectUri, 'http://localhost:3000/callback'] },
  { clientId: 'machine', clientSecret: 's', grantTypes: ['authorization_code'] },
]

async function open(changes: Record<string, string | undefined>, more = '') {
  const issuer = await createMockIssuer({ clients })
  const { html } = await createBrowser(issuer.fetch).open(`${authorizationUrl(issuer, { scope: 'openid', ...changes }).href}${more}`)
  return { html, text: textOf(html), refusal: issuer.requests[0]?.refusal }
}

function textOf(html: string): string {
  const body = html.slice(html.indexOf('<main>'))
  return body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')
}

test('shows the redirect_uri that was sent beside the registered ones, and what would mend it', async () => {
  const { text, html, refusal } = await open({ redirect_uri: `${redirectUri}/` })
  const advice = `Send one of the registered ones, or add "${redirectUri}/" to the "redirectUris" of the client "app".`

  expect(text).toContain(`client_id app redirect_uri that was sent ${redirectUri} /`)
  expect(text).toContain(`Registered for app ${redirectUri} http://localhost:3000/callback`)
  expect(text).toContain(advice)
  expect(html).toContain(`<code>${redirectUri}<mark>/</mark></code>`)
  expect(refusal).toEqual({
    error: 'invalid_request',
    description: 'The redirect_uri is not registered for this client. It must be the same, character by character.',
    advice,
  })
})

test('marks what differs, in both', async () => {
  const { html } = await open({ redirect_uri: redirectUri.replace('callback', 'Callback') })

  expect(html).toContain('<mark>C</mark>allback</code>')
  expect(html).toContain('<mark>c</mark>allback</code>')
})

test('says that the port counts on localhost', async () => {
  const { text } = await open({ redirect_uri: 'http://localhost:5173/callback' })

  expect(text).toContain('On localhost the port counts; on 127.0.0.1 any port will do (RFC 8252 §7.3).')
})

test('says that no client_id was sent, and which clients there are', async () => {
  const { text, refusal } = await open({ client_id: undefined })

  expect(text).toContain('No client_id was sent.')
  expect(text).toContain('client_id that was sent none Registered clients app machine')
  expect(refusal?.advice).toBe('Send the client_id of one of the clients: app, machine.')
})

test('shows an unknown client_id beside the registered ones', async () => {
  const { text } = await open({ client_id: 'ap' })

  expect(text).toContain('No client is registered with this client_id. client_id that was sent ap Registered clients ap p machine')
  expect(text).toContain('Did you mean "app"? The clients are app, machine; add "ap" to them, or use one of these.')
})

test('says that no redirect_uri was sent', async () => {
  const { text } = await open({ redirect_uri: undefined })

  expect(text).toContain('No redirect_uri was sent. client_id app redirect_uri that was sent none Registered for app')
})

test('says of a client without redirect URIs that it has none', async () => {
  const { text } = await open({ client_id: 'machine' })

  expect(text).toContain('Registered for machine none')
  expect(text).toContain(`Add "${redirectUri}" to the "redirectUris" of the client "machine": it has none.`)
})

test('shows what was sent as text alone: escaped, cut, and without what is not seen', async () => {
  const evil = `"><script>alert(1)</script><a href="javascript:alert(2)">`
  const { html } = await open({ redirect_uri: `https://app.example.com/\u202E${evil}` })
  expect(html).not.toMatch(/<script|<a /)
  expect(html).toContain('\\u{202e}&quot;&gt;&lt;script&gt;')
  expect(html).not.toContain('\u202E')
  expect((await open({ redirect_uri: 'https://app.example.com/\u200Bcb' })).html).not.toContain('\u200B')
  expect((await open({ client_id: 'ap\u200Bp' })).html).not.toContain('\u200B')

  const long = await open({ redirect_uri: `https://app.example.com/${'y'.repeat(3_000)}` })
  expect(/y+/.exec(long.text.slice(long.text.indexOf('was sent')))?.[0]).toHaveLength(500 - 'https://app.example.com/'.length)
})
