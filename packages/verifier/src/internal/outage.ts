import { NotAvailableError } from '@bailiwick/protocol'

/** What is known of something that cannot be had now. */
export interface Outage {
  /** The message of the cause. */
  readonly detail: string | undefined
  readonly cause: unknown
  /** When to come back: whole seconds, and at least one. */
  readonly retryAfterSeconds: number
}

/** Why something cannot be had, and when it is worth asking again: as the error says, or else after `retryAfterMs`. */
export function outageOf(error: unknown, retryAfterMs = 0): Outage {
  const [cause, pauseMs] = error instanceof NotAvailableError ? [error.cause, error.retryAfterMs] : [error, retryAfterMs]
  return {
    detail: cause instanceof Error ? cause.message : undefined,
    cause,
    retryAfterSeconds: Math.max(1, Math.ceil(pauseMs / 1000)),
  }
}
