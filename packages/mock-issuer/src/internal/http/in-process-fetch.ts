import type { RequestHandler } from './request-handler.js'

/** The part of the global `fetch` that the issuer offers without a socket. */
export type InProcessFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

export interface InProcessFetchInput {
  readonly handle: RequestHandler
  issuerName(): string
}

/**
 * Makes a `fetch` that reaches the issuer alone. As with a network, another origin cannot be reached, an aborted request
 * rejects, and `redirect: 'error'` rejects on a redirect; otherwise a redirect is returned, never followed.
 */
export function createInProcessFetch({ handle, issuerName }: InProcessFetchInput): InProcessFetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const { origin } = new URL(issuerName())
    if (new URL(request.url).origin !== origin) {
      throw new TypeError('fetch failed', { cause: new Error(`this mock issuer answers for ${origin} only, not for ${request.url}`) })
    }
    const response = await handle(request)
    request.signal.throwIfAborted()
    if (request.redirect === 'error' && response.headers.has('location')) {
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
    }
    return response
  }
}
