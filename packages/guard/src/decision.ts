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
  /** For `insufficient_user_authentication`: the login that this operation needs, as it goes into the challenge. */
  readonly stepUp?: StepUp
}

/** What a login must be like (RFC 9470 §3). */
export interface StepUp {
  /** The authentication context classes of which one is needed, the preferred first. */
  readonly acrValues?: readonly string[]
  /** How long ago the login may be, in seconds. */
  readonly maxAgeSeconds?: number
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
 * - `insufficient_user_authentication`: a stronger or more recent login would pass (RFC 9470 §3).
 * - `forbidden`: a role, permission, claim, or check says no.
 * - `misconfigured`: the guard cannot be met where it is mounted, for instance because the route has no such parameter.
 *   It denies, and `not` keeps it a denial.
 */
export type DenialCode = 'insufficient_scope' | 'insufficient_user_authentication' | 'forbidden' | 'misconfigured'

/** The one `Allowed`. */
export const allowed: Allowed = Object.freeze({ kind: 'allowed' })

/** A frozen denial. Guards make theirs once, so that what is derived from it can be kept with it. */
export function denied(code: DenialCode, reason: string, scopes?: readonly string[]): Denied {
  return Object.freeze({ kind: 'denied', code, reason, ...(scopes === undefined ? {} : { scopes }) })
}

/** A frozen denial that another login would mend. */
export function deniedForStepUp(reason: string, stepUp: StepUp): Denied {
  return Object.freeze({ kind: 'denied', code: 'insufficient_user_authentication', reason, stepUp: Object.freeze(stepUp) })
}

/** A frozen "cannot decide". */
export function undecided(reason: string, cause?: unknown): Undecided {
  return Object.freeze({ kind: 'undecided', reason, ...(cause === undefined ? {} : { cause }) })
}
