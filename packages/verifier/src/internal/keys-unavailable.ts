import { NotAvailableError } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'

/** The error for an outage: why, and when to come back, in whole seconds and at least one. */
export function keysUnavailable(error: unknown, retryAfterMs = 0): AccessTokenError {
  const [cause, pauseMs] = error instanceof NotAvailableError ? [error.cause, error.retryAfterMs] : [error, retryAfterMs]
  return new AccessTokenError('keys_unavailable', {
    detail: cause instanceof Error ? cause.message : undefined,
    cause,
    retryAfterSeconds: Math.max(1, Math.ceil(pauseMs / 1000)),
  })
}
