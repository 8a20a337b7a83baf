import { AccessTokenError } from '../access-token-error.js'
import { outageOf } from './outage.js'

/** The error for an outage: why, and when to come back, in whole seconds and at least one. */
export function keysUnavailable(error: unknown, retryAfterMs = 0): AccessTokenError {
  return new AccessTokenError('keys_unavailable', outageOf(error, retryAfterMs))
}
