import type { Server } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { ResourceServerEventHook } from '@bailiwick/guard'
import type { AccessTokenVerifier } from '@bailiwick/protocol'

/**
 * One framework that serves the orders API of this suite:
 *
 * | route | behind |
 * |---|---|
 * | `GET /health` | nothing |
 * | `GET /me` | a guard without rules |
 * | `GET /catalogue` | optional authentication |
 * | `GET`, `POST /accounts/:nr/orders` | a scope, and the claim that must equal the path parameter |
 * | `GET /payments/:id` | a prefix scope with the path parameter |
 * | `GET /desk`, `GET /refunds` | a role, a permission |
 * | `GET /transfers` | a strong login |
 * | `GET /vault` | an asynchronous check, as the options say |
 * | `GET /fault` | a guard, and a handler that throws |
 * | `GET /forgotten` | nothing, and a handler that asks for the principal |
 * | `GET /spoofed` | a guard, after a middleware that pretends to know the principal |
 * | `GET /answered` | a guard, after a middleware that has begun to answer |
 * | `/lounge/*` | optional authentication for the whole router; `members` authentication, `guarded` a guard without rules |
 * | `/office/*` | authentication for the whole router; `report` a role, `whoami` nothing more |
 * | `/partners/stock` | a guard of another `protect()`, after authentication by the first one |
 * | `/shop/*` | CORS, then a guard for the whole router |
 * | `GET /.well-known/oauth-protected-resource` | nothing |
 */
export interface Host {
  readonly name: string
  start(options: HostOptions): Promise<RunningHost>
}

export interface HostOptions {
  readonly verifier: AccessTokenVerifier
  /** Of the API under `/partners`. Default: the same. */
  readonly partnerVerifier?: AccessTokenVerifier
  readonly onEvent?: ResourceServerEventHook
  /** Decides `/vault`. Default: it is open. */
  readonly isVaultOpen?: () => boolean | Promise<boolean>
  /**
   * Who renders refusals: the adapter, error handling of the application (as `application/problem+json`), or the framework when
   * the application has none. Default: the adapter.
   */
  readonly refusals?: 'adapter' | 'application' | 'framework'
  /** Default: that of Node, 16 kB. */
  readonly maxHeaderSize?: number
}

export interface RunningHost {
  readonly port: number
  /** The handlers that were entered, by method and path. */
  readonly entered: readonly string[]
  /** Serves the same on another port, over TLS, until it is closed. */
  listenTls(options: TlsOptions): Promise<number>
  close(): Promise<void>
}

/** The URL that names the API in its metadata. */
export const resource = 'https://api.example.com'

/** What a middleware that is not to be trusted says. */
export const spoofedPrincipal = Object.freeze({ sub: 'mallory', scopes: ['orders_read'], claims: { account_nr: '42' } })

/** Waits until a server listens on a free port of this machine, and gives it the form of a running host. */
export async function listen(server: Server, entered: readonly string[]): Promise<RunningHost> {
  const port = await bind(server)
  const closing = [server.closeAllConnections.bind(server)]
  return {
    port,
    entered,
    async listenTls(options) {
      // What is decrypted goes to the same server, as connections of its own.
      const tls = createTlsServer(options, (socket) => server.emit('connection', socket))
      closing.push(() => tls.close())
      return bind(tls)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const close of closing) close()
      }),
  }
}

async function bind(server: NetServer): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
