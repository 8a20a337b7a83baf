import { NotAvailableError } from '@bailiwick/protocol'

/** What is known about an outage. */
export interface Outage {
  /** The message of the cause. */
  readonly detail: string | undefined
  readonly cause: unknown
  /** When to retry: whole seconds, at least one. */
  readonly retryAfterSeconds: number
}

/** Describes an outage. The retry time is that of the error, or else `retryAfterMs`. */
export function outageOf(error: unknown, retryAfterMs = 0): Outage {
  const [cause, pauseMs] = error instanceof NotAvailableError ? [error.cause, error.retryAfterMs] : [error, retryAfterMs]
  return {
    detail: cause instanceof Error ? cause.message : undefined,
    cause,
    retryAfterSeconds: Math.max(1, Math.ceil(pauseMs / 1000)),
  }
}
