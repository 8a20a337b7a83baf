import type { SigningAlgorithm } from './algorithms.js'

/** The observable state of a remote key set. Times are milliseconds since the epoch. */
export interface RemoteJwksState {
  /** The cached keys, even if they are too old to use. */
  readonly keys: readonly { readonly kid: string | undefined; readonly algorithms: readonly SigningAlgorithm[] }[]
  /** The published entries that cannot be used, and why. */
  readonly unusable: readonly { readonly kid: string | undefined; readonly reason: string }[]
  /** Where the cached keys were fetched from. */
  readonly jwksUri: string | undefined
  readonly fetchedAt: number | undefined
  /** The age of the cached keys, in milliseconds. */
  readonly ageMs: number | undefined
  readonly freshUntil: number | undefined
  /** Until when the keys are usable if the issuer stays unreachable. */
  readonly usableUntil: number | undefined
  /** When the next fetch is due, or allowed after a failure; 0 before the first. Requests cause it, not a timer. */
  readonly nextRefreshAt: number
  /** Consecutive failures; 0 when the last fetch succeeded. */
  readonly failures: number
  /** Why the last fetch failed; `undefined` when it did not. For operators: it may name hosts and addresses. */
  readonly lastError: unknown
  readonly fetching: boolean
  /** The number of keys cached as unknown; at most 1,000. */
  readonly missing: number
}
