import { createMockIssuer } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { appOf } from '../../test/app.js'
import { loggedIn } from '../../test/logged-in.js'

test('a refresh whose ID token cannot be verified for want of the keys gives the new tokens, and leaves the ID token out', async () => {
  const issuer = await createMockIssuer()
  const tokens = await loggedIn(issuer)
  const client = appOf(issuer)
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
  const client = appOf(issuer, { fetch: (url, init) => (url.endsWith('/jwks') ? stranger : issuer).fetch(url, init) })
  const renewed = await client.refresh(tokens)
  expect([renewed.accessToken === tokens.accessToken, renewed.idToken]).toEqual([false, tokens.idToken])
})
