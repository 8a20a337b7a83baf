import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import type { ClientOptions } from '../src/client-options.js'
import type { Client } from '../src/client.js'
import { createClient } from '../src/create-client.js'
import { readClientOptions } from '../src/internal/client-settings.js'
import { createConnection } from '../src/internal/connection.js'
import { createDeviceGrant } from '../src/internal/device-grant.js'
import { loginOnLoopback } from '../src/loopback/login-on-loopback.js'
import type { LoopbackLoginOptions } from '../src/loopback/loopback-login.js'

/** What the issuer knows of the tool. */
export const registered = {
  clientId: 'shop-cli',
  grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  redirectUris: ['http://127.0.0.1/callback'],
} as const

/** A command line tool. Its waits for the device grant move the issuer's clock, and take no time. */
export async function createTool(options: Partial<ClientOptions> = {}, issuerOptions: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ clients: [registered], ...issuerOptions })
  const clientOptions: ClientOptions = {
    issuer: issuer.issuer,
    clientId: 'shop-cli',
    authentication: { method: 'none' },
    redirectUri: 'http://127.0.0.1/callback',
    pushedAuthorizationRequests: 'never',
    fetch: issuer.fetch,
    now: issuer.clock.now,
    ...options,
  }
  const sleep = async (milliseconds: number) => issuer.clock.advanceSeconds(milliseconds / 1000)
  const { startDeviceLogin } = createDeviceGrant(createConnection(readClientOptions(clientOptions)), sleep)
  return { issuer, client: { ...createClient(clientOptions), startDeviceLogin }, browser: createBrowser(issuer) }
}

/** A login that is told at once: these browsers need no time to come. */
export const loginAtOnce = <Claims>(options: LoopbackLoginOptions<Claims>) => loginOnLoopback({ browserStartSeconds: 0, ...options })

/** The client, to which something happens as soon as a login has got its tokens. */
export function onceLoggedIn(client: Client, happens: () => unknown): Client {
  return {
    ...client,
    async completeLogin(input) {
      const outcome = await client.completeLogin(input)
      await happens()
      return outcome
    },
  }
}

/** A browser whose user logs in as john at once. */
function createBrowser(issuer: MockIssuer) {
  let shown = Promise.resolve('nothing')
  return {
    /** What it shows in the end. */
    shown: () => shown,
    async open(url: string, user = 'john', change = (callback: URL) => callback): Promise<void> {
      shown = browse(issuer, url, user, change)
      await shown
    },
  }
}

async function browse(issuer: MockIssuer, address: string, user: string, change: (callback: URL) => URL): Promise<string> {
  const answer = await issuer.fetch(await loginUrlBehind(address), { headers: { 'mock-user': user }, redirect: 'manual' })
  const page = await fetch(change(new URL(answer.headers.get('location') ?? '')))
  return page.text()
}

/** Where the address leads that the browser is opened with. */
export async function loginUrlBehind(address: string): Promise<string> {
  return (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? ''
}
