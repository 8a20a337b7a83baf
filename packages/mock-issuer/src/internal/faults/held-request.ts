import type { MetFault } from './fault-list.js'

/**
 * Waits until the fault is removed or, if it has an end of its own, so many milliseconds are over: real ones, since it is the
 * client's patience that is tested.
 *
 * @returns which of the two it was
 * @throws the reason of the signal, when the request is aborted before
 */
export function waitForFault(met: MetFault, signal: AbortSignal, delayMs?: number): Promise<'removed' | 'over'> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      clearTimeout(timer)
      giveUp()
      signal.removeEventListener('abort', onAbort)
      end()
    }
    const onAbort = (): void => settle(() => reject(signal.reason))
    let giveUp = (): void => {}
    const timer = delayMs === undefined ? undefined : setTimeout(() => settle(() => resolve('over')), delayMs)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    giveUp = met.onRemoved(() => settle(() => resolve('removed')))
  })
}
