import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'

/**
 * Whether a result of `verify` is still valid, for callers that waited in between: expiry, key, trust in the issuer, and
 * whatever else is checked on every use. The sender is *not* checked again: its proof has been used up.
 *
 * @throws rejects as `verify` would, if it is not
 */
export type CheckStanding = (token: string, given: VerifiedAccessToken) => Promise<void>

/**
 * Keyed by the `verify` function itself: a wrapper has another one, and so has no check, even if it copies or inherits the
 * other members.
 */
const checks = new WeakMap<AccessTokenVerifier['verify'], CheckStanding>()

export function setStandingCheck(verify: AccessTokenVerifier['verify'], check: CheckStanding): void {
  checks.set(verify, check)
}

/** The check of a `verify`, if this package made it. */
export function standingCheckOf(verify: AccessTokenVerifier['verify']): CheckStanding | undefined {
  return checks.get(verify)
}
