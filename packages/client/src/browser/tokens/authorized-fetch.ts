import type { BrowserClientErrorClass } from '../browser-mode.js'
import type { ApiAnswer } from '../session-worker/session-worker.js'
import type { CallWorker } from './connect-worker.js'

/**
 * `fetch` with the user's access, to the origins that are listed. Redirects are refused, since the token was meant for where the request was.
 *
 * A 401 is tried again with a new access token, and a proof that lacked the API's nonce with that: once each, and for the user of the first try alone.
 * For both, and for a step-up, a cross-origin API has to expose `WWW-Authenticate` and `DPoP-Nonce`.
 *
 * @throws {BrowserClientError} `origin_not_allowed`, `step_up_required`, `no_session`, `unavailable`
 */
export async function authorizedFetch(
  call: CallWorker,
  BrowserClientError: BrowserClientErrorClass,
  allowedOrigins: readonly string[],
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init)
  const { method, url, signal } = request
  const { origin } = new URL(url)
  if (!allowedOrigins.includes(origin)) throw new BrowserClientError('origin_not_allowed', `${origin} is none of allowedOrigins.`)
  signal.throwIfAborted()
  // Who waits no longer is heard also while the worker asks the server.
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.onabort = () => reject(signal.reason)
  })
  let answer: ApiAnswer | undefined
  let response = Response.error()
  try {
    for (let tries = 0; ; tries++) {
      const { stepUp, headers, token = '', sub } = await Promise.race([call('authorize', method, url, answer), aborted])
      if (stepUp) throw new BrowserClientError('step_up_required', undefined, stepUp)
      if (!headers || tries > 2) return response
      const attempt = new Request(request.clone(), { redirect: 'error' })
      for (const [name, value] of Object.entries(headers)) attempt.headers.set(name, value)
      response = await fetch(attempt)
      const { status } = response
      const isRenewed = answer !== undefined && (answer.isRenewed || answer.token !== token)
      answer = { token, sub, isRenewed, status, headers: Object.fromEntries(response.headers) }
      if (status !== 401 && status !== 403) {
        // The API's nonce, for the next request.
        if (response.headers.has('dpop-nonce')) void call('authorize', method, url, answer).catch(() => {})
        return response
      }
    }
  } finally {
    // One that lives on, such as that of a page of the app, would keep every request.
    signal.onabort = null
  }
}
