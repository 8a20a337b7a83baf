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
