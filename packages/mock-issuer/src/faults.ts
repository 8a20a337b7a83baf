/// <reference lib="esnext.disposable" preserve="true" />
import type { Fault } from './fault.js'

/**
 * The faults of one issuer. A request meets at most one: of those that fit it, the one that was added first. So faults with `times`
 * make a sequence: `status` once, then `delay`. Pre-flights of CORS (`OPTIONS`) meet none, and what the issuer does without a request,
 * such as `accessToken()`, is not affected.
 */
export interface IssuerFaults {
  /**
   * Adds a fault, which is there from the next request on.
   * @throws {MockIssuerError} `invalid_option`, with the member and the fix; more than 1,000 faults too
   */
  add(fault: Fault): FaultHandle
  /** Removes all faults, those of every key. */
  clear(): void
  /** The faults that requests can meet now, oldest first. One that is over after its `times` is not among them. */
  readonly active: readonly Fault[]
}

/** A fault that was added. `using` removes it at the end of the block. */
export interface FaultHandle {
  /** How many requests have met it. */
  readonly timesMet: number
  /** Ends the fault, and lets go of the requests that it holds. Doing so again does nothing. */
  remove(): void
  [Symbol.dispose](): void
}
