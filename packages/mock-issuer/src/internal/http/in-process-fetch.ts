import { ConnectionReset, fetchFailed } from '../faults/connection.js'
import type { InProcessRequestInit } from '../../in-process-request.js'
import { presentCertificate } from '../certificates/client-certificate.js'
import { readClientCertificate } from '../certificates/presented-pem.js'
import type { RequestHandler } from './request-handler.js'

/** The part of the global `fetch` that the issuer offers without a socket. */
export type InProcessFetch = (input: string | URL | Request, init?: InProcessRequestInit) => Promise<Response>

export interface InProcessFetchInput {
  readonly handle: RequestHandler
  /** Headers that every request gets. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  issuerName(): string
}

/**
 * Makes a `fetch` that reaches the issuer alone. As with a network, another origin cannot be reached, an aborted request
 * rejects, and `redirect: 'error'` rejects on a redirect; otherwise a redirect is returned, never followed.
 */
export function createInProcessFetch({ handle, headers = {}, issuerName }: InProcessFetchInput): InProcessFetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (init?.clientCertificate !== undefined) presentCertificate(request, readClientCertificate(init.clientCertificate))
    request.signal.throwIfAborted()
    const { origin } = new URL(issuerName())
    if (new URL(request.url).origin !== origin) {
      throw new TypeError('fetch failed', { cause: new Error(`this mock issuer answers for ${origin} only, not for ${request.url}`) })
    }
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    const response = await answerInProcess(handle, request)
    if (request.redirect === 'error' && response.headers.has('location')) {
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
    }
    return response
  }
}

/** Answers one request as `fetch` would have it: an abort and a reset connection reject. */
export async function answerInProcess(handle: RequestHandler, request: Request): Promise<Response> {
  request.signal.throwIfAborted()
  const response = await handle(request).catch((error: unknown) => {
    throw error instanceof ConnectionReset ? fetchFailed() : error
  })
  request.signal.throwIfAborted()
  return response
}
