import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { ClientOptions } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import { createClient } from '../src/create-client.js'

/** What a test may change. `answer` sees each answer of the token endpoint on its way to the client. */
export interface ServiceSetting {
  readonly issuer?: MockIssuerOptions
  readonly client?: Partial<ClientOptions>
  readonly answer?: (answer: Response) => Response | Promise<Response>
}

/** An issuer in process, and its default confidential client, which may use every grant. */
export async function createService({ issuer: options, client, answer }: ServiceSetting = {}): Promise<{
  issuer: MockIssuer
  client: Client
}> {
  const issuer = await createMockIssuer(options)
  return {
    issuer,
    client: createClient({
      issuer: issuer.issuer,
      clientId: 'service',
      authentication: { method: 'client_secret_basic', clientSecret: 'service-secret' },
      now: issuer.clock.now,
      async fetch(url, init) {
        const genuine = await issuer.fetch(url, init)
        return answer !== undefined && url.endsWith('/token') ? answer(genuine) : genuine
      },
      ...client,
    }),
  }
}

/** An answer with members that are changed, or left out where they are `undefined`. */
export function withMembers(changes: Record<string, unknown>): (answer: Response) => Promise<Response> {
  return async (answer) => Response.json({ ...((await answer.json()) as object), ...changes }, { status: answer.status })
}
