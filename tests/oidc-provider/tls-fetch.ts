import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici'
import type { SelfSignedCertificate } from './self-signed-certificate.js'

export interface TlsFetchInput {
  /** The server that is trusted; no other is. */
  readonly server: SelfSignedCertificate
  /** What the client presents. Default: nothing. */
  readonly client?: SelfSignedCertificate | undefined
}

/** A `fetch` over TLS connections of its own. */
export interface TlsFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  close(): Promise<void>
}

export function createTlsFetch({ server, client }: TlsFetchInput): TlsFetch {
  const dispatcher = new Agent({
    connect: { ca: server.certificatePem, ...(client && { cert: client.certificatePem, key: client.privateKeyPem }) },
  })
  return {
    // The types of undici and those of the platform describe the same standard, and do not know each other.
    fetch: async (url, init) => {
      const response: unknown = await undiciFetch(url, { ...(init as UndiciRequestInit), dispatcher })
      return response as Response
    },
    close: () => dispatcher.close(),
  }
}
