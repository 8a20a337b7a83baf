import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.js'

test('the life of a token is counted from when it was asked for, so that one that a laptop slept over is old', async () => {
  const issuer = await createMockIssuer()
  let sleptMs = 0
  const now = () => issuer.clock.now() + sleptMs
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
    now,
    async fetch(url, init) {
      const answer = await issuer.fetch(url, init)
      if (init?.method === 'POST') sleptMs = 86_400_000
      return answer
    },
  })
  const { expiresAt = 0, receivedAt } = await client.clientCredentials()
  expect(receivedAt - expiresAt).toBe(86_400 - 300)
})
