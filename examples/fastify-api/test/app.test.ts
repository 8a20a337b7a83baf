import { createMockIssuer } from '@bailiwick/mock-issuer'
import { parseChallenge } from '@bailiwick/protocol'
import { createJwtVerifier } from '@bailiwick/verifier'
import { orders } from '@bailiwick-examples/orders/contract'
import { walkthrough } from '@bailiwick-examples/orders/walkthrough'
import { afterAll, expect, it } from 'vitest'
import { createOrdersApi } from '../src/app.js'

const issuer = await createMockIssuer({ contract: orders })
const verifier = createJwtVerifier({ issuer: issuer.issuer, audience: orders.audience, fetch: issuer.fetch, now: issuer.clock.now })
const app = createOrdersApi({ verifier })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => app.close())

it.each(walkthrough)('$title', async ({ method = 'GET', path, claims, expected }) => {
  const headers: Record<string, string> = {}
  if (claims !== undefined) headers.authorization = `Bearer ${await issuer.accessToken(claims)}`
  const response = await fetch(`${url}${path}`, { method, headers })
  const body = await response.json()
  expect(response.status).toBe(expected.status)
  if (expected.body !== undefined) expect(body).toEqual(expected.body)
  expect(parseChallenge(response.headers.get('www-authenticate') ?? '')[0]?.params.error).toBe(expected.error)
})
