import { ConfigurationError } from '../error.js'

export interface Deadline {
  timeoutMs: number
  signal: AbortSignal | undefined
  /** Makes the error for a timeout. */
  onTimeout: () => Error
  /** Makes the error for an abort by the caller's signal. */
  onAbort: (reason: unknown) => Error
}

/** The longest delay of `setTimeout`: a longer one fires at once. */
const MAX_TIMER_MS = 2_147_483_647

/**
 * Runs work with a time limit that holds even if the work ignores the signal that it is given. Leaves no timer and no listener
 * behind. A rejection after the end is ignored.
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
