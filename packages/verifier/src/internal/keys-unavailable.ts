import { AccessTokenError } from '../access-token-error.js'
import { outageOf } from './outage.js'

/** The error for unavailable keys: the cause, and the retry time in whole seconds, at least one. */
export function keysUnavailable(error: unknown, retryAfterMs = 0): AccessTokenError {
  return new AccessTokenError('keys_unavailable', outageOf(error, retryAfterMs))
}
