import { type Fetch, fetchBounded, FetchError, withSystemCause } from '@bailiwick/protocol'
import type { CustomFetchOptions } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import { parseRetryAfter } from './retry-after.js'
import { rememberSecrets } from './sent-secrets.js'
import type { ServerClock } from './server-clock.js'

/** How the server is asked: within bounds, and with an outage told from an answer. */
export interface ServerFetchInput {
  readonly fetch: Fetch | undefined
  readonly timeoutMs: number
  readonly clock: ServerClock
  /** Whether the answers tell the server's time. Not those of keys, which may be served by others, and be kept by them without `Age`. Default `true`. */
  readonly tellsTime?: boolean
}

type ServerBody = URLSearchParams | string | undefined | null | ArrayBuffer | ReadableStream | Uint8Array

/** In the form that oauth4webapi takes. */
export type ServerFetch = (url: string, options: CustomFetchOptions<string, ServerBody>) => Promise<Response>

const maxAnswerBytes = 1_048_576
/** Short, since whoever asks again and again waits longer each time by itself. */
const defaultRetrySeconds = 1

/**
 * Makes the one way to the server: answers are bounded in time and size, redirects are refused, only `https` and loopback are asked. An answer that
 * says nothing but that the server is in trouble (5xx, 408, 429) is `server_unavailable`, whatever its body; any other is handed on.
 *
 * @throws {ClientError} `server_unavailable`, `aborted`
 */
export function createServerFetch({ fetch, timeoutMs, clock, tellsTime = true }: ServerFetchInput): ServerFetch {
  return async (url, { method, headers, body, signal }) => {
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`a ${method} request to a server is not foreseen`)
    if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof URLSearchParams))
      throw new TypeError('the body is no text')
    const sentAt = clock.now()
    const { accept = 'application/json', ...others } = headers
    try {
      const answer = await fetchBounded({
        url,
        fetch,
        timeoutMs,
        maxBytes: maxAnswerBytes,
        accept,
        method,
        headers: others,
        body: body?.toString(),
        signal,
      })
      if (tellsTime) clock.learn(answer.headers, sentAt)
      const { status } = answer
      if (isTrouble(status)) throw inTrouble(url, status, answer.headers, clock)
      const hasBody = status !== 204 && status !== 205 && status !== 304
      const response = new Response(hasBody ? answer.text : null, { status, headers: answer.headers })
      if (!response.ok) rememberSecrets(response, { headers: others, body: body?.toString() })
      return response
    } catch (cause) {
      throw cause instanceof FetchError ? asClientError(cause, url, clock) : cause
    }
  }
}

function asClientError(cause: FetchError, url: string, clock: ServerClock): ClientError {
  if (cause.code === 'aborted') return new ClientError('aborted', cause.message, { cause })
  if (cause.code === 'insecure_url') return new ClientError('response_invalid', cause.message, { cause })
  if (cause.code === 'redirected') return new ClientError('response_invalid', cause.message, { cause })
  if (cause.code === 'network' || cause.code === 'timeout') {
    const message = withSystemCause(cause.message, cause)
    return new ClientError('server_unavailable', message, { cause, retryAfterSeconds: defaultRetrySeconds })
  }
  // An error page may be of any size and encoding: what counts of it is the status.
  if (cause.status !== undefined && isTrouble(cause.status)) return inTrouble(url, cause.status, new Headers(), clock)
  return new ClientError('response_invalid', cause.message, { cause })
}

function isTrouble(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

function inTrouble(url: string, status: number, headers: Headers, clock: ServerClock): ClientError {
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), clock.now() + clock.aheadMs()) ?? defaultRetrySeconds
  return new ClientError('server_unavailable', `${new URL(url).host} answered ${status}.`, { retryAfterSeconds })
}
