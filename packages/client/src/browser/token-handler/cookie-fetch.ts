import { BrowserClientError } from '../browser-client-error.js'
import type { Renewal } from './refused-request.js'
import { versionHeader } from './token-handler.js'

/**
 * `fetch` with the session's cookies, to the origins that are listed: there, the token handler's proxy makes tokens of them. Redirects are
 * refused, since the access was meant for where the request was. A 401 is tried again once with renewed access.
 *
 * @throws {BrowserClientError} `origin_not_allowed`, `step_up_required`, `no_session`, `unavailable`
 */
export async function cookieFetch(
  renewal: Renewal,
  allowedOrigins: readonly string[],
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, { ...init, credentials: 'include', redirect: 'error' })
  if (!allowedOrigins.includes(new URL(request.url).origin)) throw new BrowserClientError('origin_not_allowed')
  request.headers.set(versionHeader, '1')
  for (let isRenewed = false; ; isRenewed = true) {
    const seen = renewal.session.generation()
    const response = await fetch(request.clone())
    if (response.status !== 401 && response.status !== 403) return response
    const { seeToRefusal } = await import('./refused-request.js')
    if (!(await seeToRefusal(renewal, response, isRenewed ? undefined : seen))) return response
  }
}
