import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { Fetch } from '@bailiwick/protocol'
import type { ClientOptions, IdTokenClaims } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import type { LoginOutcome, StartedLogin, StartLoginOptions } from '../src/login.js'
import { appOf } from './app.js'

export const redirectUri = 'https://app.example.com/callback'

/** What a test may change. `answer` sees each answer of the issuer on its way to the client. */
export interface LoginSetting {
  readonly issuer?: MockIssuerOptions
  readonly client?: Partial<ClientOptions>
  readonly answer?: (url: URL, answer: Response, issuer: MockIssuer) => Response | Promise<Response>
}

/** An issuer in process whose clock stands still, its default public client, and a browser that agrees to everything. */
export interface LoginStage {
  readonly issuer: MockIssuer
  readonly client: Client
  /** Begins a login and has the user come back. */
  logIn(options?: StartLoginOptions, user?: string): Promise<{ started: StartedLogin; callback: URL }>
  /** The same to its end. */
  completed(options?: StartLoginOptions, user?: string): Promise<LoginOutcome<IdTokenClaims>>
}

export async function createLoginStage(setting: LoginSetting = {}): Promise<LoginStage> {
  const startedAt = Date.now()
  const issuer = await createMockIssuer({ now: () => startedAt, ...setting.issuer })
  const fetch: Fetch = async (url, init) => {
    const answer = await issuer.fetch(url, init)
    return setting.answer === undefined ? answer : setting.answer(new URL(url), answer, issuer)
  }
  const client = appOf(issuer, { redirectUri, fetch, ...setting.client })
  const logIn = async (options: StartLoginOptions = {}, user = 'john') => {
    const started = await client.startLogin(options)
    return { started, callback: await comeBack(issuer, started.url, user) }
  }
  return {
    issuer,
    client,
    logIn,
    async completed(options, user) {
      const { started, callback } = await logIn(options, user)
      return client.completeLogin({ callback, transaction: started.transaction })
    },
  }
}

/** The user logs in at once, and is sent back. */
export async function comeBack(issuer: MockIssuer, url: string, user = 'john'): Promise<URL> {
  const answer = await issuer.fetch(url, { headers: { 'mock-user': user }, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`the browser was not sent back: ${answer.status} ${await answer.text()}`)
  return new URL(location)
}

/** The same callback with parameters that are changed, or left out where they are `undefined`. */
export function altered(callback: URL, changes: Record<string, string | undefined>): URL {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url
}

/** How often an endpoint was asked. */
export function requestsTo(issuer: MockIssuer, endpoint: string): number {
  return issuer.requests.filter((request) => request.endpoint === endpoint).length
}
