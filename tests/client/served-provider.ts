import type { RequestListener } from 'node:http'
import Provider, { type Configuration } from 'oidc-provider'
import { listenOnLoopback } from '../oidc-provider/loopback-server.js'

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
  const { url: issuer, close } = await listenOnLoopback((request, response) => {
    paths.push((request.url ?? '').split('?', 1)[0] ?? '')
    serve(request, response)
  })
  const callback = new Provider(issuer, configuration).callback()
  serve = (request, response) => void callback(request, response)
  return { issuer, paths, close }
}
