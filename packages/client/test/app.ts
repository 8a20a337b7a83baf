import type { MockIssuer } from '@bailiwick/mock-issuer'
import type { ClientOptions } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import { createClient } from '../src/create-client.js'

/** The default public client of an issuer in process, on its clock: the one of `loggedIn`. */
export function appOf(issuer: Pick<MockIssuer, 'issuer' | 'fetch' | 'clock'>, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    fetch: issuer.fetch,
    now: issuer.clock.now,
    ...options,
  })
}
