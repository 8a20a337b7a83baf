import { ConfigurationError } from './error.js'
import { FetchError } from './fetch-error.js'
import type { Fetch } from './fetch.js'
import { readBoundedBody } from './internal/bounded-body.js'
import { withDeadline } from './internal/deadline.js'
import { parseSecureUrl } from './secure-url.js'

/** A request, and the bounds of its answer. */
export interface BoundedFetchInput {
  /** `https`, or `http` on loopback; no user information. See `parseSecureUrl`. */
  url: string
  /** Default: the global `fetch` at the time of the call. */
  fetch?: Fetch | undefined
  /** The time for headers and body together, in milliseconds; positive. */
  timeoutMs: number
  /** The size that the body may have once decompressed, in bytes. */
  maxBytes: number
  /** The `Accept` header. */
  accept: string
  /** Further headers. Default: none. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Default `GET`. */
  method?: 'GET' | 'POST' | undefined
  /** The body of a `POST`; state its type in `headers`. Default: none. */
  body?: string | undefined
  /** Ends the request early, as `aborted`. */
  signal?: AbortSignal | undefined
}

/** A response that has been received whole. */
export interface BoundedResponse {
  status: number
  headers: Headers
  /** The body, without its byte order mark if it had one. Empty for a response without a body. */
  text: string
}

/**
 * Fetches a text that may be hostile. It settles within `timeoutMs` even if `fetch` or the body ignores the signal; the
 * body is cut at `maxBytes`; redirects are refused; the text is strict UTF-8, a leading byte order mark dropped (RFC 8259
 * §8.1 lets a parser ignore one).
 *
 * Does *not* judge the status (304 is an answer like any other), the content type or the content, and does not retry.
 *
 * @throws {FetchError} with any of its codes
 * @throws {ConfigurationError} a timeout that is not positive, or a header that cannot be sent; the message names the header
 * and not its value
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-8.1 RFC 8259 §8.1} (UTF-8, byte order mark)
 */
export async function fetchBounded(input: BoundedFetchInput): Promise<BoundedResponse> {
  const url = parseSecureUrl(input.url)
  if (url === undefined) throw insecureUrl(input.url)
  const headers = sendableHeaders(input)
  const deadline = {
    timeoutMs: input.timeoutMs,
    signal: input.signal,
    onTimeout: () => new FetchError('timeout', `${url.host} did not answer completely within ${input.timeoutMs} ms.`),
    onAbort: (cause: unknown) => new FetchError('aborted', `The request to ${url.host} was aborted.`, { cause }),
  }
  return withDeadline(deadline, (signal) => exchange(url, headers, input, signal))
}

async function exchange(url: URL, headers: Headers, input: BoundedFetchInput, signal: AbortSignal): Promise<BoundedResponse> {
  // Taken out of the input: browsers and Workers refuse a `fetch` that is called as another object's method.
  const fetch = input.fetch ?? globalThis.fetch
  const init: RequestInit = { method: input.method ?? 'GET', headers, redirect: 'manual', signal }
  if (input.body !== undefined) init.body = input.body
  try {
    const response = await fetch(url.href, init)
    if (isRedirect(response)) throw redirected(url, response)
    if (response.type === 'error') throw new TypeError('fetch resolved with a network error')
    return { status: response.status, headers: response.headers, text: await readText(response, url, input.maxBytes, signal) }
  } catch (cause) {
    if (cause instanceof FetchError) throw cause
    throw new FetchError('network', `The request to ${url.host} failed.`, { cause })
  }
}

/** Browsers hide a redirect behind an opaque response; an injected `fetch` may have followed one although told not to. */
function isRedirect(response: Response): boolean {
  if (response.type === 'opaqueredirect' || response.redirected) return true
  return response.status >= 300 && response.status < 400 && response.status !== 304
}

function redirected(url: URL, response: Response): FetchError {
  void response.body?.cancel().catch(() => {})
  return new FetchError('redirected', `${url.host} redirects, and redirects are not followed: configure the final URL.`, {
    status: response.status,
  })
}

async function readText(response: Response, { host }: URL, maxBytes: number, signal: AbortSignal): Promise<string> {
  const { status } = response
  const bytes = await readBoundedBody(response, maxBytes, signal)
  if (bytes === undefined) throw new FetchError('too_large', `${host} sent more than ${maxBytes} bytes (status ${status}).`, { status })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FetchError('not_utf8', `${host} sent a body that is not UTF-8 (status ${status}).`, { cause, status })
  }
}

/** Validated before `fetch` sees them: its error would quote the value, which may be a credential. */
function sendableHeaders(input: BoundedFetchInput): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries({ ...input.headers, accept: input.accept })) {
    try {
      headers.set(name, value)
    } catch {
      throw new ConfigurationError(`The request header ${JSON.stringify(name)} has a name or value that cannot be sent.`)
    }
  }
  return headers
}

function insecureUrl(text: string): FetchError {
  const host = URL.canParse(text) ? `"${new URL(text).host}"` : 'a URL that is not valid'
  return new FetchError(
    'insecure_url',
    `Refused to fetch from ${host}: use https without user information (http is allowed to localhost, 127.0.0.0/8 and [::1]).`,
  )
}
