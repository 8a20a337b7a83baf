import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** A certified authorization server on a socket of this machine. */
export interface ServedProvider {
  readonly issuer: string
  /** The paths that were asked for, in order. */
  readonly paths: string[]
  close(): Promise<void>
}

/** Serves one on a free port, which is part of its name: until the provider is made, requests are answered with 503. */
export async function serveProvider(configuration: Configuration): Promise<ServedProvider> {
  const paths: string[] = []
  let serve: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => {
    paths.push((request.url ?? '').split('?', 1)[0] ?? '')
    serve(request, response)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const callback = new Provider(issuer, configuration).callback()
  serve = (request, response) => void callback(request, response)
  return {
    issuer,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
