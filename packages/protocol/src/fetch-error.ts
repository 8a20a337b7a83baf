import { BailiwickError } from './error.js'

/**
 * Why nothing usable was received:
 * - `insecure_url`: neither `https` nor loopback, or not a URL; nothing was sent
 * - `timeout`: headers and body were not complete in time
 * - `aborted`: the caller's signal was aborted
 * - `network`: `fetch` failed, or the connection ended before the body was complete
 * - `redirected`: the server redirects, and redirects are not followed
 * - `too_large`: the body exceeds the limit
 * - `not_utf8`: the body is not UTF-8
 */
export type FetchErrorCode = 'insecure_url' | 'timeout' | 'aborted' | 'network' | 'redirected' | 'too_large' | 'not_utf8'

/**
 * A request without a usable response. The message names the host at most, never the path, the query or a body. The `cause` is
 * what `fetch` rejected with, unedited: for operators only.
 */
export class FetchError extends BailiwickError<FetchErrorCode> {
  /** The HTTP status of a response whose body could not be used: `redirected` (0 in browsers), `too_large`, `not_utf8`. */
  readonly status: number | undefined

  constructor(code: FetchErrorCode, message: string, options: { cause?: unknown; status?: number } = {}) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined)
    this.status = options.status
  }
}
