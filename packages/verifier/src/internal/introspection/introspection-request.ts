import { type BoundedResponse, type Fetch, fetchBounded, FetchError } from '@bailiwick/protocol'
import type { AuthenticateClient, ClientProof } from './client-authentication.js'
import { introspectionUnavailable } from './introspection-unavailable.js'

export interface IntrospectionRequestInput {
  /** The introspection endpoint. Rejects with `introspection_unavailable`. */
  readonly locate: () => string | Promise<string>
  readonly authenticate: AuthenticateClient
  readonly accept: string
  readonly fetch: Fetch | undefined
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** Asks about a token, and returns the complete response, whatever it is. */
export type RequestIntrospection = (token: string) => Promise<BoundedResponse>

/**
 * Sends the token in the body of a `POST`, never in a URL, which would end up in logs.
 *
 * @throws {AccessTokenError} from the returned function, `introspection_unavailable`
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.1 RFC 7662 §2.1}
 */
export function createIntrospectionRequest(input: IntrospectionRequestInput): RequestIntrospection {
  const { locate, authenticate, accept, fetch, timeoutMs, maxResponseBytes: maxBytes } = input

  return async (token) => {
    const url = await locate()
    const { parameters, headers } = await proveClient()
    const body = new URLSearchParams({ token, token_type_hint: 'access_token', ...parameters }).toString()
    const contentType = { 'content-type': 'application/x-www-form-urlencoded' }
    try {
      return await fetchBounded({ url, fetch, timeoutMs, maxBytes, accept, method: 'POST', body, headers: { ...headers, ...contentType } })
    } catch (cause) {
      throw introspectionUnavailable(cause instanceof FetchError ? cause.message : 'the request could not be sent', { cause })
    }
  }

  async function proveClient(): Promise<ClientProof> {
    try {
      return await authenticate()
    } catch (cause) {
      throw introspectionUnavailable('the client assertion could not be signed; check client.authentication', { cause })
    }
  }
}
