import type { TokenSourceEvent } from '../../token-source-event.js'

/** Tells the app's hook. One that throws, or rejects, changes nothing. */
export function createReporter(onEvent: ((event: TokenSourceEvent) => unknown) | undefined): (event: TokenSourceEvent) => void {
  return (event) => {
    if (onEvent === undefined) return
    try {
      Promise.resolve(onEvent(Object.freeze(event))).catch(ignore)
    } catch {
      // The hook is the app's, and so is its fault.
    }
  }
}

function ignore(): void {}
