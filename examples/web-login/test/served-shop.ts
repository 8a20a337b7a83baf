import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createClient } from '@bailiwick/client'
import type { ListeningIssuer, MockIssuer } from '@bailiwick/mock-issuer'
import { createShop } from '../src/app.js'
import { createShopIssuer, shopSecret } from '../src/issuer.js'
import { createOrdersApi } from '../src/orders-api.js'
import { createSessions } from '../src/sessions.js'

/** The whole example on ports of its own. */
export interface ServedShop extends AsyncDisposable {
  readonly appOrigin: string
  readonly issuer: MockIssuer
  /** Ends what the issuer serves. */
  readonly issuerServer: ListeningIssuer
}

/** @param scope what the app asks for at a login */
export async function serveShop(scope = 'openid orders_read orders_write'): Promise<ServedShop> {
  const [page, backend] = [createServer(), createServer()]
  const [appOrigin, apiOrigin] = [await listen(page), await listen(backend)]
  const issuer = await createShopIssuer(appOrigin)
  const issuerServer = await issuer.listen()
  const { now } = issuer.clock
  const client = createClient({
    issuer: issuer.issuer,
    clientId: 'shop',
    authentication: { method: 'client_secret_basic', clientSecret: shopSecret },
    redirectUri: `${appOrigin}/callback`,
    scope,
    now,
  })
  const sessions = createSessions(client, now)
  serve(backend, createOrdersApi(issuer.issuer, now))
  serve(page, createShop({ client, sessions, appOrigin, apiOrigin }))
  return {
    appOrigin,
    issuer,
    issuerServer,
    async [Symbol.asyncDispose]() {
      for (const server of [page, backend]) {
        server.close()
        server.closeAllConnections()
      }
      await issuer[Symbol.asyncDispose]()
    },
  }
}

function serve(server: Server, app: { fetch: Parameters<typeof getRequestListener>[0] }): void {
  const listener = getRequestListener(app.fetch)
  server.on('request', (request, response) => void listener(request, response))
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
