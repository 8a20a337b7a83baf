import type { LoginFailure } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'

/** What every request to the token handler and its proxy carries, so that a page of another site cannot send it without a pre-flight. */
export const versionHeader = 'token-handler-version'

/** What the token handler answered to what it did, or (a status of 4xx) refused. */
export interface TokenHandlerAnswer {
  /** Of a refusal. */
  readonly failure?: LoginFailure | false
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>
}

/** Asks an endpoint. With a form, even an empty one, by POST. */
export type AskTokenHandler = (path: string, form?: Readonly<Record<string, string>> | string) => Promise<TokenHandlerAnswer>

/**
 * Speaks with the token handler: forms there, JSON back, cookies both ways. Whatever says nothing of the session, such as an outage, a limit, or
 * an answer that is no token handler's, is thrown.
 *
 * @throws {BrowserClientError} `unavailable`
 */
export function connectTokenHandler(url: string, timeoutMs = 10_000): AskTokenHandler {
  return async (path, form) => {
    try {
      const response = await fetch(`${url.replace(/\/$/, '')}/${path}`, {
        ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
        headers: { [versionHeader]: '1' },
        credentials: 'include',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const { ok, status } = response
      const members = Object(await response.json()) as TokenHandlerAnswer['members']
      const { error_code: error, detailed_error: description } = members as { error_code?: string; detailed_error?: string }
      if (ok || (status < 500 && status !== 429 && error)) return { failure: !ok && { error: `${error}`, description }, status, members }
    } catch {
      // As below.
    }
    throw new BrowserClientError('unavailable')
  }
}
