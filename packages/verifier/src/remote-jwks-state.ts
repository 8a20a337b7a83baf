import type { SigningAlgorithm } from './algorithms.js'

/** What can be observed of a remote key set, without causing a fetch. Times are milliseconds since the epoch. */
export interface RemoteJwksState {
  /** The keys that are held, usable or too old. */
  readonly keys: readonly { readonly kid: string | undefined; readonly algorithms: readonly SigningAlgorithm[] }[]
  /** The published entries that are not used, and why. */
  readonly unusable: readonly { readonly kid: string | undefined; readonly reason: string }[]
  /** Where the keys that are held came from. */
  readonly jwksUri: string | undefined
  readonly fetchedAt: number | undefined
  /** How long ago that was, in milliseconds. */
  readonly ageMs: number | undefined
  readonly freshUntil: number | undefined
  /** Until when the keys are usable if the issuer stays unreachable. */
  readonly usableUntil: number | undefined
  /** When the next fetch is due; after a failure, when it is allowed; 0 before the first. Tokens drive it, not a timer. */
  readonly nextRefreshAt: number
  /** Failures in a row; 0 when the last fetch succeeded. */
  readonly failures: number
  /** Why the last fetch failed; `undefined` when it did not. For operators: it may name hosts and addresses. */
  readonly lastError: unknown
  readonly fetching: boolean
  /** How many unknown keys are remembered as such; 1,000 at most. */
  readonly missing: number
}
