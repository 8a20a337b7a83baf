import type { ResourceServerEvent } from '@bailiwick/guard'
import { protect } from '@bailiwick/hono'
import type { MockIssuer } from '@bailiwick/mock-issuer'
import { recordEvents } from '@bailiwick/mock-issuer/testing'
import type { EventRecorder } from '@bailiwick/mock-issuer/testing'
import { test } from '@bailiwick/mock-issuer/vitest'
import { createJwtVerifier } from '@bailiwick/verifier'
import { Hono } from 'hono'
import { expect } from 'vitest'
import { orders } from '../adapters/orders-contract.js'

const issued = test.extend({ issuerOptions: { contract: orders } })

interface Api {
  readonly audit: EventRecorder<ResourceServerEvent>
  /** Asks for the orders of account 42. */
  get(token?: string): Promise<Response>
}

function startApi(issuer: MockIssuer): Api {
  const audit = recordEvents<ResourceServerEvent>()
  const verifier = createJwtVerifier({ ...issuer.verifierOptions() })
  const api = protect({ verifier, contract: orders, onEvent: audit.onEvent })
  const app = new Hono()
  app.get('/orders', api.guard(orders.scope('orders_read')), (c) => c.json({ account: c.var.principal.claims.account_nr }))
  return {
    audit,
    get: async (token) => app.request('/orders', token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  }
}

issued('an API without a token is unauthorized, and no error is to its account', async ({ issuer }) => {
  const api = startApi(issuer)
  const answer = await api.get()

  expect(answer).toBeUnauthorized({ scheme: 'Bearer', error: null })
  expect(api.audit).toHaveBeenAudited({ kind: 'authentication_failed', code: 'credentials_missing', path: '/orders' })
})

issued('a bad token is unauthorized, and its event names nobody', async ({ issuer }) => {
  const api = startApi(issuer)
  const answer = await api.get(await issuer.accessToken({ sub: 'john' }, { expiresInSeconds: -1 }))

  expect(answer).toBeUnauthorized({ error: 'invalid_token' })
  expect(api.audit).not.toHaveBeenAudited({ sub: 'john' })
})

issued('a token without the scope is forbidden, and the event says why', async ({ issuer }) => {
  const api = startApi(issuer)
  const answer = await api.get(await issuer.accessToken({ sub: 'john', scope: 'orders_write', account_nr: '42' }))

  expect(answer).toBeForbidden({ scope: 'orders_read' })
  expect(api.audit).toHaveBeenAudited({ kind: 'denied', code: 'insufficient_scope', sub: 'john', guard: { guard: 'scope' } })
})

issued('a good token is neither', async ({ issuer }) => {
  const api = startApi(issuer)
  const answer = await api.get(await issuer.accessToken({ sub: 'john', scope: 'orders_read', account_nr: '42' }))

  expect(await answer.json()).toEqual({ account: '42' })
  expect(answer).not.toBeUnauthorized()
  expect(api.audit).toHaveBeenAudited({ kind: 'allowed', sub: 'john' })
})

issued('an issuer that is down makes the API unavailable, and blames no token', async ({ issuer }) => {
  const api = startApi(issuer)
  issuer.faults.add({ endpoint: '*', kind: 'reset' })
  const answer = await api.get(await issuer.accessToken({ scope: 'orders_read', account_nr: '42' }))

  expect(answer).toBeUnavailable()
  expect(api.audit).toHaveBeenAudited({ kind: 'unavailable' })
})
