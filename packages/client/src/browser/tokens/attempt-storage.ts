import type { BrowserClientErrorClass } from '../browser-mode.js'
import type { LoginAttempt } from '../session-worker/session-worker.js'

/** An attempt to log in, and what the page does when it is over. One that was taken out of the storage may have been edited there. */
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
  /** Gives it once, however old: what the user has come back for goes on where they were. Nothing if it is not there, or no attempt any more. */
  take(state: string): PageAttempt | null | undefined
}

/** Attempts of this issuer, client, redirect URI and resource: those of another are not found. */
export function createAttemptStorage(boundTo: readonly string[], BrowserClientError: BrowserClientErrorClass): AttemptStorage {
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
        const attempt = sessionStorage.getItem(prefix + state)
        sessionStorage.removeItem(prefix + state)
        return JSON.parse(String(attempt)) as PageAttempt | null
      } catch {
        return undefined
      }
    },
  }
}
