import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from './create-client.js'

test('gets a token for a machine', async () => {
  const issuer = await createMockIssuer({
    clients: [{ clientId: 'nightly', clientSecret: 'a secret of an example', grantTypes: ['client_credentials'] }],
  })
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'nightly',
    authentication: { method: 'client_secret_basic', clientSecret: 'a secret of an example' },
    fetch: issuer.fetch,
    dpop: {},
  })
  const tokens = await client.clientCredentials()
  expect(tokens.tokenType).toBe('DPoP')
  expect(String(tokens)).not.toContain(tokens.accessToken)
})

test('gives metadata of the server that cannot be changed', async () => {
  const { issuer, fetch } = await createMockIssuer()
  for (const metadata of [undefined, { issuer, token_endpoint: `${issuer}/token`, scopes_supported: ['openid'] }]) {
    const client = createClient({ issuer, clientId: 'shop', authentication: { method: 'none' }, fetch, metadata })
    const given = await client.metadata()
    expect(given.token_endpoint).toBe(`${issuer}/token`)
    expect(() => Object.assign(given, { token_endpoint: 'https://evil.example.org/' })).toThrow(TypeError)
    expect(() => Object.assign(given.scopes_supported ?? [], ['other'])).toThrow(TypeError)
  }
})
