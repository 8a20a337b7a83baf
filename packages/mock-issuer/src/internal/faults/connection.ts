/** The connection that a request came over, for faults of the network and the dashboard. A request in process has none. */
export interface ClientConnection {
  /** The address at its other end; `undefined` if it was closed before that was read. */
  readonly peerAddress: string | undefined
  /** Ends it now, without an answer. */
  reset(): void
  /** Ends it once what was written so far is on its way. */
  cut(): Promise<void>
}

/** Ends a request without an answer. In process it becomes what `fetch` rejects with. */
export class ConnectionReset extends Error {
  constructor() {
    super('A fault resets the connection.')
    this.name = 'ConnectionReset'
  }
}

// Beside the request, and not an argument of the handler: a server of many issuers hands requests on without knowing of it.
const connections = new WeakMap<Request, ClientConnection>()

/** Says which connection a request came over. */
export function attachConnection(request: Request, connection: ClientConnection): void {
  connections.set(request, connection)
}

/** The connection that a request came over, if it came over one. */
export function connectionOf(request: Request): ClientConnection | undefined {
  return connections.get(request)
}

/** What `fetch` rejects with when the connection ends before the answer. */
export function fetchFailed(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
}

/** What reading a body rejects with when the connection ends within it. */
export function bodyTerminated(): TypeError {
  return new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) })
}
