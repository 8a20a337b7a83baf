import { createResourceServer, defineContract } from '@bailiwick/guard'
import { z } from 'zod'
import { requestFor, verifierOf } from './verifiers.js'

/** An API with a contract that has some of everything. */
export const orders = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.string()).default([]) }),
  scopes: { read: { claims: ['account_nr'] }, write: {}, 'payment:*': {} },
  permissions: { clerk: ['order:read'] },
})
const john = { sub: 'john', client_id: 'web', scope: 'read', account_nr: '42', roles: ['clerk'] }
export const verifier = verifierOf({ good: john, broken: { sub: 'john', scope: 'read' }, mistyped: { account_nr: 42 } })
export const server = createResourceServer({ verifier, contract: orders })

/** What the answers of the table look like, with the options as they are by default. */
export const common = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
export const forbidden = {
  status: 403,
  headers: { ...common, 'WWW-Authenticate': 'Bearer realm="orders-api"' },
  body: { error: 'forbidden', error_description: 'The access token does not allow this operation.' },
}
export const unavailable = {
  status: 503,
  headers: { ...common, 'Retry-After': '5' },
  body: { error: 'temporarily_unavailable', error_description: 'Access cannot be checked at the moment. Try again later.' },
}

/** The principal of the good token. */
export async function principal() {
  const outcome = await server.authenticate(requestFor('Bearer good'))
  if (outcome.kind !== 'authenticated') throw new Error(outcome.kind)
  return outcome.principal
}
/** A request for john's own account. */
export const context = { request: requestFor('Bearer good'), params: { nr: '42' } }
