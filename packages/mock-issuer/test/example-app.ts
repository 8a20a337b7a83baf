import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A client's web server on loopback, with a page for every path. */
export interface ExampleApp {
  /** Scheme, host and port. */
  readonly url: string
  /** The paths with their queries that were requested, in that order. */
  readonly requested: readonly string[]
  close(): Promise<void>
}

export async function startExampleApp(): Promise<ExampleApp> {
  const requested: string[] = []
  const server = createServer((request, response) => {
    if (request.url !== '/favicon.ico') requested.push(request.url ?? '')
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<!doctype html><html lang="en"><title>App</title><h1>App</h1></html>')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requested,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
