import { BrowserClientError } from '../browser-client-error.js'
import { readDemand } from './api-challenge.js'
import type { HandlerSession } from './handler-session.js'
import { versionHeader } from './token-handler.js'

/**
 * `fetch` with the session's cookies, to the origins that are listed: there, the token handler's proxy makes tokens of them. Redirects are
 * refused, since the access was meant for where the request was. A 401 is tried again once with renewed access.
 *
 * @throws {BrowserClientError} `origin_not_allowed`, `step_up_required`, `no_session`, `unavailable`
 */
export async function cookieFetch(
  session: Pick<HandlerSession<unknown>, 'generation' | 'renew'>,
  allowedOrigins: readonly string[],
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, { ...init, credentials: 'include', redirect: 'error' })
  if (!allowedOrigins.includes(new URL(request.url).origin)) throw new BrowserClientError('origin_not_allowed')
  request.headers.set(versionHeader, '1')
  for (let isRenewed = false; ; isRenewed = true) {
    const seen = session.generation()
    const response = await fetch(request.clone())
    const demand = readDemand(response)
    if (typeof demand === 'object') throw new BrowserClientError('step_up_required', undefined, demand)
    if (!demand || isRenewed) return response
    await session.renew(seen)
  }
}
