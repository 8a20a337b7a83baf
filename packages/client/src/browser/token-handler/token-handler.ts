import type { UserClaims } from '../browser-client.js'
import type { BrowserClientErrorClass } from '../browser-mode.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/** What the token handler answered to what it did, or refused: the status, and the members as they came. That they are what they should be has not been checked. */
export interface TokenHandlerAnswer {
  readonly status?: number
  readonly is_logged_in?: unknown
  readonly id_token_claims?: Partial<UserClaims> | null
  /** In seconds. */
  readonly access_token_expires_in?: number
  readonly authorization_url?: string
  readonly logout_url?: string
  /** Of a refusal. */
  readonly error_code?: string
  readonly detailed_error?: string
}

/**
 * Asks an endpoint. With a form, even an empty one, by POST, which writes cookies: one at a time in all tabs, since the cookies that are written
 * last stay. Whoever has waited for its turn may find that it is done already: then the answer has the status 0.
 *
 * @throws {BrowserClientError} `unavailable`, also if the turn does not come in time
 */
export type AskTokenHandler = (
  path: string,
  form?: Readonly<Record<string, string>> | string,
  isDone?: () => Promise<boolean>,
) => Promise<TokenHandlerAnswer>

/** A request with the cookies of the session, and with what a page of another site cannot send without a pre-flight. It is not redirected. */
export function withCookies(input: RequestInfo | URL, init?: RequestInit): Request {
  const request = new Request(input, { ...init, credentials: 'include', redirect: 'error' })
  request.headers.set('token-handler-version', '1')
  return request
}

/**
 * Speaks with the token handler: forms there, JSON back, cookies both ways. Refusals that are answers are a 401 that says that there is no
 * session, and what `login/end` says of a login. Whatever else says nothing of the session, such as an outage, a limit, a refusal of the page, or an
 * answer that is no token handler's, is thrown. Tabs take turns under the name of a lock.
 */
export function connectTokenHandler(
  { tokenHandlerUrl, timeoutMs = 10_000 }: TokenHandlerModeOptions,
  lock: string,
  BrowserClientError: BrowserClientErrorClass,
): AskTokenHandler {
  const inTime = () => ({ signal: AbortSignal.timeout(timeoutMs) })
  return async (path, form, isDone) => {
    const exchange = async (): Promise<TokenHandlerAnswer> => {
      if (await isDone?.()) return { status: 0 }
      const post = form && { method: 'POST', body: new URLSearchParams(form) }
      const url = tokenHandlerUrl.replace(/\/?$/, '/') + path
      const response = await fetch(withCookies(url, { ...post, ...inTime(), cache: 'no-store' }))
      return { ...((await response.json()) as TokenHandlerAnswer), status: response.status }
    }
    const answer: TokenHandlerAnswer = await (form ? navigator.locks.request(lock, inTime(), exchange) : exchange()).catch(() => ({}))
    const { status, error_code: reason } = answer as Required<TokenHandlerAnswer>
    if (
      status < 300 ||
      // Other reasons of a 401 say that the page, or what it sent, was not taken.
      (status === 401 && /^(session_expired|token_expired|login_required)$/.test(reason)) ||
      (path === 'login/end' && reason && status < 429)
    ) {
      return answer
    }
    throw new BrowserClientError('unavailable')
  }
}
