import { BrowserClientError } from '../browser-client-error.js'
import type { ApiAnswer } from '../session-worker/session-worker.js'
import type { CallWorker } from './connect-worker.js'

/**
 * `fetch` with the user's access, to the origins that are listed. Redirects are refused, since the token was meant for where the request was.
 *
 * A 401 is tried again with a new access token, and a proof that lacked the API's nonce with that: once each. For both, and for a step-up, a
 * cross-origin API has to expose `WWW-Authenticate` and `DPoP-Nonce`.
 *
 * @throws {BrowserClientError} `origin_not_allowed`, `step_up_required`, `no_session`, `unavailable`
 */
export async function authorizedFetch(
  call: CallWorker,
  allowedOrigins: readonly string[],
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init)
  const { origin } = new URL(request.url)
  if (!allowedOrigins.includes(origin)) throw new BrowserClientError('origin_not_allowed', `${origin} is none of allowedOrigins.`)
  let answer: ApiAnswer | undefined
  let response = Response.error()
  for (let tries = 0; ; tries++) {
    const { stepUp, headers, token = '' } = await call('authorize', request.method, request.url, answer)
    if (stepUp) throw new BrowserClientError('step_up_required', undefined, stepUp)
    if (!headers || tries > 2) return response
    const attempt = new Request(request.clone(), { redirect: 'error' })
    for (const [name, value] of Object.entries(headers)) attempt.headers.set(name, value)
    response = await fetch(attempt)
    const { status } = response
    const isRenewed = answer !== undefined && (answer.isRenewed || answer.token !== token)
    answer = { token, isRenewed, status, headers: Object.fromEntries(response.headers) }
    if (status !== 401 && status !== 403) {
      // The API's nonce, for the next request.
      if (response.headers.has('dpop-nonce')) void call('authorize', request.method, request.url, answer).catch(() => {})
      return response
    }
  }
}
