import { abortedBy } from './interruptible.js'

/** Waits for so many milliseconds of real time, at most 24 days. @throws {ClientError} `aborted` */
export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>

/** The real one. It keeps the process alive: somebody waits for what comes after. */
export const abortableSleep: Sleep = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(abortedBy(signal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
