import { parseSecureUrl } from '@bailiwick/protocol'
import { boundedResponse } from './bounded-response.js'
import type { PublishedKey } from './id-token-signature.js'
import { once } from './once.js'
import { addParameters, type Parameters } from './parameters.js'
import type { SessionSettings } from './session-worker.js'

/** What of the server's metadata the worker reads (RFC 8414 §2, RFC 9126 §5, RFC 9207 §3, RFC 9449 §5.1). */
export interface ServerMetadata {
  readonly issuer: string
  readonly authorization_endpoint?: string
  readonly token_endpoint?: string
  readonly jwks_uri?: string
  readonly revocation_endpoint?: string
  readonly end_session_endpoint?: string
  readonly pushed_authorization_request_endpoint?: string
  readonly require_pushed_authorization_requests?: boolean
  readonly authorization_response_iss_parameter_supported?: boolean
  readonly dpop_signing_alg_values_supported?: readonly string[]
  readonly id_token_signing_alg_values_supported?: readonly string[]
}

/** The authorization server, as the worker reaches it. */
export interface AuthorizationServer {
  /** What it publishes, asked for once, unless it fails. */
  metadata(): Promise<ServerMetadata>
  /** Where to send something to. @throws if it names no such place, or one that is not `https`, loopback aside: nothing is sent then */
  endpoint(name: `${'token' | 'revocation' | 'pushed_authorization_request'}_endpoint` | 'jwks_uri'): Promise<string>
  /** Sends a form to an endpoint. Public clients say their id, and prove nothing. */
  post(url: string, form: Parameters, options?: PostOptions): Promise<Response>
  /** The keys that it signs with, as it publishes them now. */
  keys(): Promise<readonly PublishedKey[]>
}

/** What one request may have for itself. */
export interface PostOptions {
  /** Default: that of the client. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly headers?: Record<string, string> | undefined
}

/** Makes the way to the server. Nothing is sent. */
export function createAuthorizationServer({ issuer, clientId, timeoutMs: defaultMs = 10_000 }: SessionSettings): AuthorizationServer {
  const request = async (url: string, init?: RequestInit, timeoutMs = defaultMs, signal?: AbortSignal) => {
    const ended = AbortSignal.any([AbortSignal.timeout(timeoutMs), signal ?? []].flat())
    return boundedResponse(await fetch(url, { ...init, redirect: 'error', signal: ended }))
  }

  async function json<Value>(url: string): Promise<Value> {
    // As it is now: a key that is new is not in an answer of before.
    const response = await request(url, { cache: 'no-cache' })
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
    return (await response.json()) as Value
  }

  const metadata = once(async () => {
    const found = await json<ServerMetadata>(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    if (found.issuer !== issuer) throw new Error('The metadata are of another server.')
    return found
  })

  const endpoint: AuthorizationServer['endpoint'] = async (name) => {
    const url = parseSecureUrl(String((await metadata())[name]))
    if (!url) throw new Error(`The server names no ${name} that is https.`)
    return url.href
  }

  return {
    metadata,
    endpoint,
    post: (url, form, { timeoutMs, signal, headers = {} } = {}) =>
      request(
        url,
        { method: 'POST', headers, body: addParameters(new URLSearchParams(), { client_id: clientId, ...form }) },
        timeoutMs,
        signal,
      ),
    keys: async () => [(await json<{ keys: PublishedKey[] }>(await endpoint('jwks_uri'))).keys].flat(),
  }
}
