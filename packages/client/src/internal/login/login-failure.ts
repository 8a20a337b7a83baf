import { ClientError } from '../../client-error.js'
import type { LoginOutcome, RejectionReason } from '../../login.js'
import { asClientError } from '../failure.js'
import { isInsufficientAuthentication } from './insufficient-authentication.js'
import type { LoginTransaction } from './transaction.js'

/** Every outcome but the good one. */
export type LoginFailure = Exclude<LoginOutcome<unknown>, { kind: 'logged-in' }>

/** Where a login got to when it failed: `callback` is what the server said by way of the browser, `code` what it answered to the code. */
export type LoginStep = 'metadata' | 'callback' | 'code'

/** For what is not even this attempt's, and for answers that do not verify. */
export function rejected(reason: RejectionReason, cause: ClientError | string): LoginFailure {
  return { kind: 'rejected', reason, cause: typeof cause === 'string' ? new ClientError('response_invalid', cause) : cause }
}

/**
 * What a failure means for the user.
 *
 * @throws {ClientError} for what no user can help: a client that the server does not know, metadata that are wrong, the caller's signal
 */
export function loginFailure(error: unknown, step: LoginStep, { returnTo, appState }: LoginTransaction): LoginFailure {
  const cause = asClientError(error)
  const { code, oauthError, retryAfterSeconds } = cause
  if (code === 'server_unavailable') return { kind: 'unavailable', retryAfterSeconds, returnTo, cause }
  if (step === 'callback' && oauthError !== undefined) return { kind: 'refused', error: oauthError, returnTo, appState }
  if (step === 'code' && oauthError?.error === 'invalid_grant') return { kind: 'stale', reason: 'code_spent', returnTo }
  if (step === 'code' && code === 'response_invalid') {
    return rejected(isInsufficientAuthentication(cause) ? 'authentication_insufficient' : 'tokens_invalid', cause)
  }
  throw cause
}
