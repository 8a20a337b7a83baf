/**
 * What a guard makes of a request. There are three answers, never two: a guard that could not find out neither allows nor
 * denies, so that an outage is not mistaken for a missing right, nor `not` turns it into one.
 */
export type Decision = Allowed | Denied | Undecided

/** The guard is satisfied. */
export interface Allowed {
  readonly kind: 'allowed'
}

/** The guard is not satisfied, and asking again with the same token will not change that. */
export interface Denied {
  readonly kind: 'denied'
  readonly code: DenialCode
  /** Why, for operators: it may name scopes, claims and checks, and is never sent to a client. */
  readonly reason: string
  /** For `insufficient_scope`: the scopes that this operation needs, as they go into the challenge. */
  readonly scopes?: readonly string[]
}

/** Nobody can say now: a check threw, rejected or gave no boolean. */
export interface Undecided {
  readonly kind: 'undecided'
  /** Why, for operators: it is never sent to a client. */
  readonly reason: string
  readonly cause?: unknown
}

/**
 * Why a guard denied.
 *
 * - `insufficient_scope`: a token with more scope would pass (RFC 6750 §3.1).
 * - `forbidden`: a role, permission, claim, or check says no.
 * - `misconfigured`: the guard cannot be met where it is mounted, for instance because the route has no such parameter.
 *   It denies, and `not` keeps it a denial.
 */
export type DenialCode = 'insufficient_scope' | 'forbidden' | 'misconfigured'

/** The one `Allowed`. */
export const allowed: Allowed = Object.freeze({ kind: 'allowed' })

/** A frozen denial. Guards make theirs once, so that what is derived from it can be kept with it. */
export function denied(code: DenialCode, reason: string, scopes?: readonly string[]): Denied {
  return Object.freeze({ kind: 'denied', code, reason, ...(scopes === undefined ? {} : { scopes }) })
}

/** A frozen "cannot decide". */
export function undecided(reason: string, cause?: unknown): Undecided {
  return Object.freeze({ kind: 'undecided', reason, ...(cause === undefined ? {} : { cause }) })
}
