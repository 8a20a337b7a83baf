import type { MockIssuer } from '@bailiwick/mock-issuer'
import type { ClientOptions } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import { createClient } from '../src/create-client.js'

/** What a client needs of an issuer in process. */
type Issuer = Pick<MockIssuer, 'issuer' | 'fetch' | 'clock'>

/** The default public client of an issuer in process, on its clock: the one of `loggedIn`. */
export function appOf(issuer: Issuer, options: Partial<ClientOptions> = {}): Client {
  return createClient({ ...appOptions(issuer), ...options })
}

/** The options of that client. */
export function appOptions(issuer: Issuer) {
  return {
    issuer: issuer.issuer,
    clientId: 'app',
    authentication: { method: 'none' },
    fetch: issuer.fetch,
    now: issuer.clock.now,
  } as const
}
