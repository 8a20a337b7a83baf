import { BailiwickError } from './error.js'

/**
 * Why nothing usable was received:
 * - `insecure_url`: neither `https` nor loopback, or no URL; nothing was sent
 * - `timeout`: headers and body were not complete in time
 * - `aborted`: the caller's signal
 * - `network`: `fetch` failed, or the connection ended before the body did
 * - `redirected`: the answer points elsewhere, and redirects are not followed
 * - `too_large`: the body exceeds the limit
 * - `not_utf8`: the body is not UTF-8
 */
export type FetchErrorCode = 'insecure_url' | 'timeout' | 'aborted' | 'network' | 'redirected' | 'too_large' | 'not_utf8'

/**
 * A request that brought no usable answer. The message names the host at most: never the path, the query or a body. The
 * `cause` is what `fetch` gave, unedited, and is for operators alone.
 */
export class FetchError extends BailiwickError<FetchErrorCode> {
  /** The HTTP status, if an answer came whose body could not be used: `redirected` (0 in browsers), `too_large`, `not_utf8`. */
  readonly status: number | undefined

  constructor(code: FetchErrorCode, message: string, options: { cause?: unknown; status?: number } = {}) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined)
    this.status = options.status
  }
}
