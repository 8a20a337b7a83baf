import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoopbackRedirectUri } from '../../internal/attempt-redirect-uri.js'
import { type CallbackPage, renderCallbackPage } from './callback-page.js'
import { createEntrance, type Entrance } from './entrance.js'
import { limitIdleConnections } from './idle-connections.js'

/** Waits on this machine for a browser to come back. */
export interface CallbackListener {
  readonly port: number
  /** Opens a way to the URL, for whoever comes first. One at a time: another takes its place. */
  leadOnce(url: string): OpenedEntrance
  /**
   * Waits for the one request that brings the `state` of the login. Every other is answered with a page that says nothing, and changes nothing:
   * whatever runs on this machine, or on a page in its browser, can knock here.
   */
  receive(state: string, signal: AbortSignal): Promise<ReceivedCallback>
  /** Ends all connections, and gives the port back. */
  close(): Promise<void>
}

/** The request that was waited for. It hangs until it is answered. */
export interface ReceivedCallback {
  readonly parameters: URLSearchParams
  answer(page: CallbackPage): Promise<void>
}

/** An entrance as the browser is given it. */
export type OpenedEntrance = Pick<Entrance, 'isOpenedTwice' | 'openedTwice'> & { readonly address: string }

/** What of a request is looked at while a login is waited for. */
interface Expected {
  readonly state: string
  readonly take: (callback: ReceivedCallback) => void
}

/** For the whole of a request. A browser sends its own at once. */
const requestTimeoutMs = 2000
/** How often it is looked who has exceeded that. */
const checkIntervalMs = 1000
const mostIdle = 50
const redirectHeaders = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', connection: 'close' }

/**
 * Listens on the address of a redirect URI, and on its port if it has one.
 *
 * @throws what the system says, such as `EADDRINUSE`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}, §8.3
 */
export async function listenForCallback(
  { host, port, path }: LoopbackRedirectUri,
  applicationName: string | undefined,
): Promise<CallbackListener> {
  let entrance: Entrance | undefined
  let expected: Expected | undefined
  let place = new URL('http://127.0.0.1/')
  const server = createServer({ requestTimeout: requestTimeoutMs, connectionsCheckingInterval: checkIntervalMs }, (request, response) => {
    if (entrance !== undefined && request.url === entrance.path && isForThisHost(request, place)) {
      const location = entrance.admit()
      if (location === undefined) void send(response, 'opened-twice', applicationName).then(entrance.told)
      else response.writeHead(302, { ...redirectHeaders, location }).end()
      return
    }
    const parameters = readCallback(request, place)
    const login = expected
    if (parameters === undefined || login === undefined || !parameters.getAll('state').includes(login.state)) {
      void send(response, 'unknown', applicationName)
      return
    }
    expected = undefined
    login.take({ parameters, answer: (page) => send(response, page, applicationName) })
  })
  limitIdleConnections(server, mostIdle)
  await listen(server, host.replaceAll(/[[\]]/g, ''), port ?? 0)
  const listening = (server.address() as AddressInfo).port
  place = new URL(`http://${host}:${listening}${path}`)
  return {
    port: listening,
    leadOnce(url) {
      entrance = createEntrance(url)
      const { path: entrancePath, isOpenedTwice, openedTwice } = entrance
      return { address: place.origin + entrancePath, isOpenedTwice, openedTwice }
    },
    receive: (state, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => reject(signal.reason as Error)
        if (signal.aborted) return abort()
        signal.addEventListener('abort', abort, { once: true })
        expected = { state, take: resolve }
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, resolve)
  })
}

function isForThisHost({ method, headers }: IncomingMessage, place: URL): boolean {
  return method === 'GET' && headers.host === place.host
}

/**
 * The parameters of a request for the redirect URI: a `GET` for its very path, under the very name of the host, so that no page can read the
 * answer by a name of its own that leads here.
 */
function readCallback(request: IncomingMessage, place: URL): URLSearchParams | undefined {
  const { url = '' } = request
  if (!isForThisHost(request, place) || !url.startsWith('/') || !URL.canParse(place.origin + url)) return undefined
  const { pathname, searchParams } = new URL(place.origin + url)
  const hasQuery = [...place.searchParams].every(([name, value]) => searchParams.get(name) === value)
  return pathname === place.pathname && hasQuery ? searchParams : undefined
}

function send(response: ServerResponse, page: CallbackPage, applicationName: string | undefined): Promise<void> {
  const { status, headers, html } = renderCallbackPage(page, applicationName)
  return new Promise((resolve) => {
    if (response.destroyed) return resolve()
    response.once('close', resolve)
    response.writeHead(status, headers).end(html)
  })
}
