import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { ClientOptions } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import { createClient } from '../src/create-client.js'
import { createTokenSource } from '../src/create-token-source.js'
import type { TokenSourceEvent } from '../src/token-source-event.js'

/** The default confidential client of an issuer in process, on its clock. */
export function machineOf(issuer: MockIssuer, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    issuer: issuer.issuer,
    clientId: 'service',
    authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
    fetch: issuer.fetch,
    now: issuer.clock.now,
    ...options,
  })
}

/** How often tokens were asked for. */
export function tokenRequests(issuer: MockIssuer): number {
  return issuer.requests.filter(({ endpoint }) => endpoint === 'token').length
}

/** An issuer with such a client. */
export async function machine(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer(options)
  return { issuer, client: machineOf(issuer), requests: () => tokenRequests(issuer) }
}

/** The same, with a source of tokens of the client's own, by the defaults. */
export async function machineSource(onEvent?: (event: TokenSourceEvent) => void) {
  const { issuer, client, requests } = await machine()
  const source = createTokenSource({ client, grant: { type: 'client_credentials' }, now: issuer.clock.now, onEvent })
  return { issuer, source, requests }
}
