import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { createClient } from '../create-client.js'
import { loggedIn } from '../../test/logged-in.js'

test('a refresh whose ID token cannot be verified for want of the keys gives the new tokens, and leaves the ID token out', async () => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    fetch: issuer.fetch,
    now: issuer.clock.now,
  })
  const outage = issuer.faults.add({ endpoint: 'jwks', kind: 'status', status: 503 })
  const renewed = await client.refresh(tokens)
  expect(outage.timesMet).toBe(1)
  expect([renewed.refreshToken === tokens.refreshToken, renewed.idToken === tokens.idToken]).toEqual([false, true])

  outage.remove()
  const later = await client.refresh(renewed)
  expect(later.idToken).not.toBe(tokens.idToken)
  expect(later.claims?.sub).toBe('john')
})

test('a refresh whose ID token is under a key that the server does not publish gives the new tokens, and leaves the ID token out', async () => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const stranger = await createMockIssuer({ issuer: issuer.issuer })
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    now: issuer.clock.now,
    fetch: (url, init) => (url.endsWith('/jwks') ? stranger : issuer).fetch(url, init),
  })
  const renewed = await client.refresh(tokens)
  expect([renewed.accessToken === tokens.accessToken, renewed.idToken]).toEqual([false, tokens.idToken])
})
