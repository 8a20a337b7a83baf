import { ConfigurationError } from '../error.js'

export interface Deadline {
  timeoutMs: number
  signal: AbortSignal | undefined
  /** Makes the error for a timeout. */
  onTimeout: () => Error
  /** Makes the error for an abort by the caller's signal. */
  onAbort: (reason: unknown) => Error
}

/** What `setTimeout` can hold; above it, timers fire at once. */
const MAX_TIMER_MS = 2_147_483_647

/**
 * Runs work that must settle in time, whether or not it heeds the signal that it is given. Leaves no timer and no listener
 * behind, and a rejection that comes after the end is swallowed.
 */
export async function withDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal: outer, timeoutMs } = deadline
  if (!(timeoutMs > 0)) throw new ConfigurationError(`timeoutMs must be a positive number of milliseconds, not ${timeoutMs}.`)
  if (outer?.aborted === true) throw deadline.onAbort(outer.reason)

  const controller = new AbortController()
  let cut: (error: Error) => void = () => {}
  const ended = new Promise<never>((_, reject) => {
    cut = (error) => {
      reject(error)
      controller.abort(error)
    }
  })
  const timer = setTimeout(() => cut(deadline.onTimeout()), Math.min(timeoutMs, MAX_TIMER_MS))
  const abort = () => cut(deadline.onAbort(outer?.reason))
  outer?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(controller.signal), ended])
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', abort)
  }
}
