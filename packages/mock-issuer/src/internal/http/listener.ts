import type { ListeningIssuer, ListenOptions } from '../../listen.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { IssuerName } from '../issuer-name.js'
import { attachConnection } from '../faults/connection.js'
import { socketConnection } from '../faults/socket-connection.js'
import { presentCertificate } from '../certificates/client-certificate.js'
import { connectionCertificate, createListenerTls } from './listener-tls.js'
import type { ListenerTls } from './listener-tls.js'
import type { RequestHandler } from './request-handler.js'

export interface ListenerInput {
  readonly handle: RequestHandler
  readonly name: IssuerName
}

/** Puts the issuer on a socket, one at a time. */
export interface Listener {
  listen(options: ListenOptions): Promise<ListeningIssuer>
  close(): Promise<void>
}

export function createListener({ handle, name }: ListenerInput): Listener {
  let open: Promise<ListeningIssuer> | undefined
  let lastPort = 0
  const readTls = createListenerTls()

  async function start(
    { host = '127.0.0.1', port = lastPort, https = false }: ListenOptions,
    onClose: () => void,
  ): Promise<ListeningIssuer> {
    const tls = await readTls(https, host)
    const socket = await openSocket({ handle, host, port, tls })
    const url = `${tls === undefined ? 'http' : 'https'}://${reachableHost(host)}:${socket.port}`
    async function close(): Promise<void> {
      onClose()
      await socket.close()
    }
    try {
      name.adopt(url)
    } catch (error) {
      await close()
      throw error
    }
    lastPort = socket.port
    return { url, port: socket.port, certificate: tls?.certificate, close, [Symbol.asyncDispose]: close }
  }

  return {
    async listen(options) {
      if (open !== undefined) {
        throw new MockIssuerError('already_listening', 'This issuer listens already. Close that socket first, or create another issuer.')
      }
      // A socket of before that is closed once more must not make this one forgotten.
      const forget = (): void => {
        if (open === started) open = undefined
      }
      const started = start(options, forget)
      open = started
      started.catch(forget)
      return started
    },
    async close() {
      const listening = await open?.catch(() => undefined)
      await listening?.close()
    },
  }
}

interface SocketInput {
  readonly handle: RequestHandler
  readonly host: string
  readonly port: number
  readonly tls: ListenerTls | undefined
}

interface Socket {
  readonly port: number
  close(): Promise<void>
}

async function openSocket({ handle, host, port, tls }: SocketInput): Promise<Socket> {
  // Loaded here, so that an issuer without a socket runs where there is no node:http. The globals of the process under test stay its own.
  const { createAdaptorServer } = await import('@hono/node-server')
  const secure = tls && { createServer: (await import('node:https')).createServer, serverOptions: tls.server }
  const server = createAdaptorServer({
    fetch: (request, { incoming, outgoing }) => {
      attachConnection(request, socketConnection(incoming.socket, outgoing))
      const certificate = connectionCertificate(incoming.socket)
      if (certificate !== undefined) presentCertificate(request, certificate)
      return handle(request)
    },
    overrideGlobalObjects: false,
    ...secure,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // A kept-alive connection would hold the server, and with it the test run, open.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

// The wildcard addresses are for listening, not for connecting to.
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
