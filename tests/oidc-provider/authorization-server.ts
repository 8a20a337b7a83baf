import type { RequestListener } from 'node:http'
import Provider from 'oidc-provider'
import { type ClientCertificates, type Clients, createClients } from './clients.js'
import { listenOnLoopback } from './loopback-server.js'
import { createAdapterFactory } from './provider-adapter.js'
import { createProviderConfiguration, createSigningKeys } from './provider-configuration.js'
import type { SelfSignedCertificate } from './self-signed-certificate.js'

export interface AuthorizationServerOptions {
  /** Serves `https`, where clients may present certificates. Default: `http`. */
  readonly tls?: { readonly server: SelfSignedCertificate; readonly clients: ClientCertificates } | undefined
}

/** A certified authorization server on a socket of this machine. */
export interface AuthorizationServer {
  readonly issuer: string
  readonly clients: Clients
  /** How often each path was asked for. */
  readonly requests: ReadonlyMap<string, number>
  /** Signs with another key (for ES256, a new one) and under another `kid` from now on, and publishes no others. */
  rotateSigningKeys(name: string): void
  close(): Promise<void>
}

export async function startAuthorizationServer({ tls }: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const requests = new Map<string, number>()
  let serve: RequestListener = (_request, response) => response.writeHead(503).end()
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    requests.set(path, (requests.get(path) ?? 0) + 1)
    serve(request, response)
  }
  const { url: issuer, close } = await listenOnLoopback(listener, tls?.server)

  const { clients, metadata } = createClients(tls?.clients)
  const adapter = createAdapterFactory()
  // The keys of a provider are fixed, so that one with others takes its place.
  function rotateSigningKeys(name: string): void {
    const keys = createSigningKeys(name)
    const provider = new Provider(issuer, createProviderConfiguration({ clients: metadata, keys, adapter }))
    const callback = provider.callback()
    serve = (request, response) => void callback(request, response)
  }
  rotateSigningKeys('first')

  return {
    issuer,
    clients,
    requests,
    rotateSigningKeys,
    close,
  }
}
