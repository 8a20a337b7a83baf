import { BailiwickError } from './error.js'
import type { DpopChallengeError } from './sender-constraint.js'

/**
 * What a failed verification means for the request: the credential is bad (401), or it cannot be checked now, because something
 * that the check depends on is unreachable or misconfigured (503). An outage is never a bad credential.
 */
export type VerificationOutcome = 'invalid_token' | 'unavailable'

/** What a `VerificationError` may carry besides its reason. */
export interface VerificationErrorOptions {
  /** The underlying error. For logs: it never reaches a client. */
  cause?: unknown
  /** For `unavailable`: how long a client should wait before it tries again, in seconds. */
  retryAfterSeconds?: number | undefined
  /** For `invalid_token` under the scheme `DPoP`: the `error` of the challenge, if it is another one. */
  challengeError?: DpopChallengeError | undefined
}

/**
 * What an `AccessTokenVerifier` rejects with. Throw it from a verifier of your own; `@bailiwick/verifier` throws a subclass.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export class VerificationError<Code extends string = string> extends BailiwickError<Code> {
  readonly outcome: VerificationOutcome
  readonly retryAfterSeconds: number | undefined
  readonly challengeError: DpopChallengeError | undefined

  constructor(outcome: VerificationOutcome, code: Code, message: string, options: VerificationErrorOptions = {}) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined)
    this.outcome = outcome
    this.retryAfterSeconds = options.retryAfterSeconds
    this.challengeError = options.challengeError
  }
}

/** Recognises a `VerificationError` by its shape, so that one from another copy of this package is recognised too. */
export function isVerificationError(error: unknown): error is VerificationError {
  if (!(error instanceof Error) || !('outcome' in error) || !('code' in error)) return false
  return (error.outcome === 'invalid_token' || error.outcome === 'unavailable') && typeof error.code === 'string'
}
