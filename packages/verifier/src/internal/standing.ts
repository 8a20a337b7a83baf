import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'

/**
 * Whether what `verify` gave for a token still stands, asked by who has waited since: its times, its key, the trust in its issuer, and
 * whatever is looked at on every use. The sender is *not* checked again: a proof of possession is used up by then.
 *
 * @throws rejects as `verify` would, if it does not
 */
export type CheckStanding = (token: string, given: VerifiedAccessToken) => Promise<void>

/**
 * By the very `verify` that they are about: whoever wraps a verifier, in a `verify` that does more or accepts others, has none of them,
 * whether the other members are copied or inherited.
 */
const checks = new WeakMap<AccessTokenVerifier['verify'], CheckStanding>()

/** Gives a `verify` its check. */
export function setStandingCheck(verify: AccessTokenVerifier['verify'], check: CheckStanding): void {
  checks.set(verify, check)
}

/** The check that goes with a `verify`, if this package made it. */
export function standingCheckOf(verify: AccessTokenVerifier['verify']): CheckStanding | undefined {
  return checks.get(verify)
}
