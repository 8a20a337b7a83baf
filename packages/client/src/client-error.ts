import { BailiwickError } from '@bailiwick/protocol'
import type { StepUp } from './step-up.js'

/**
 * Why the client has no answer to give:
 * - `server_unavailable`: the authorization server cannot be reached, answers 5xx, 408 or 429, or has no metadata where they should be. Nothing
 *   is lost: try again after `retryAfterSeconds`
 * - `session_ended`: the refresh token is not good any more (`invalid_grant`): the user has to log in again. Nothing else ends a session
 * - `request_refused`: the server understood, and said no; `oauthError` has its reason
 * - `response_invalid`: the server's answer is not what the specifications have it be, or its ID token does not verify. Nothing of it is
 *   used; a token source keeps the refresh token of it, since the one before may be spent
 * - `not_supported`: the server's metadata have no endpoint for this, or the client lacks an option that it needs
 * - `origin_not_allowed`: a request with an access token was for an origin that is not allow-listed; nothing was sent
 * - `step_up_required`: an API wants a stronger or more recent login, or a further scope; `stepUp` says which
 * - `aborted`: the caller's signal
 */
export type ClientErrorCode =
  | 'server_unavailable'
  | 'session_ended'
  | 'request_refused'
  | 'response_invalid'
  | 'not_supported'
  | 'origin_not_allowed'
  | 'step_up_required'
  | 'aborted'

/** What a `ClientError` may carry besides its reason. */
export interface ClientErrorOptions {
  /** What was caught, unedited: for operators alone. */
  cause?: unknown
  /** What the server said. */
  oauthError?: OAuthError | undefined
  /** For how long to leave the server alone. */
  retryAfterSeconds?: number | undefined
  /** What an API asks for. */
  stepUp?: StepUp | undefined
}

/**
 * An error as an authorization server puts it, limited to the characters of RFC 6749 §5.2, with `[hidden]` for every token, code and secret of the request that
 * the server repeats. Text from a server: escape it in HTML.
 */
export interface OAuthError {
  /** Such as `invalid_scope`. */
  readonly error: string
  readonly description?: string | undefined
  /** The HTTP status. */
  readonly status?: number | undefined
}

/** The rejection of every request of a client. Its message is for operators; it never holds a token, a code or a secret. */
export class ClientError extends BailiwickError<ClientErrorCode> {
  /** For `session_ended` and `request_refused`: what the server said. Its description is not in the message. */
  readonly oauthError: OAuthError | undefined
  /**
   * For `server_unavailable`: how long the server asked to be left alone, in seconds, or a pause that does no harm. Of a token source: its own pause, with
   * every failure but the end of a session, since until then it asks nothing.
   */
  readonly retryAfterSeconds: number | undefined
  /** For `step_up_required`: hand it to `startLogin`. */
  readonly stepUp: StepUp | undefined

  constructor(code: ClientErrorCode, message: string, options: ClientErrorOptions = {}) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined)
    this.oauthError = options.oauthError
    this.retryAfterSeconds = options.retryAfterSeconds
    this.stepUp = options.stepUp
  }
}
