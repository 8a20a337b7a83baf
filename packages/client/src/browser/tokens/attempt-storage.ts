import { BrowserClientError } from '../browser-client-error.js'
import type { LoginAttempt } from '../session-worker/session-worker.js'

/** An attempt to log in, and what the page does when it is over. */
export interface PageAttempt extends LoginAttempt {
  /** A path of this origin; of one that was taken out of the storage, whatever is there. */
  readonly returnTo: unknown
  readonly isPopup: boolean
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

const lifetimeMs = 600_000

/** Keeps attempts in the storage of one tab, each under its `state`, so that they do not overwrite each other. */
export interface AttemptStorage {
  /**
   * Those that nobody comes back for go with the tab.
   *
   * @throws {BrowserClientError} `storage_unavailable` where it is full or shut
   */
  keep(attempt: Omit<PageAttempt, 'expiresAt'>, storage?: () => Storage): void
  /** Gives it once. `undefined` if it is not there, too old, or no attempt any more. */
  take(state: string): PageAttempt | undefined
}

/** Attempts of this issuer, client and redirect URI: those of another are not found. */
export function createAttemptStorage(boundTo: readonly string[]): AttemptStorage {
  const prefix = `bailiwick ${boundTo.join(' ')} `
  return {
    keep(attempt, storage = () => sessionStorage) {
      try {
        storage().setItem(prefix + attempt.state, JSON.stringify({ ...attempt, expiresAt: Date.now() + lifetimeMs }))
      } catch {
        throw new BrowserClientError('storage_unavailable')
      }
    },
    take(state) {
      try {
        const attempt = JSON.parse(String(sessionStorage.getItem(prefix + state))) as PageAttempt
        sessionStorage.removeItem(prefix + state)
        const left = attempt.expiresAt - Date.now()
        return left > 0 && left <= lifetimeMs ? attempt : undefined
      } catch {
        return undefined
      }
    },
  }
}
