import { claimOf } from './checks/claims.js'
import { parseClaims } from './parse-claims.js'

/** The `iss` of a payload that nobody has verified: to tell operators where a token claims to be from, and for nothing else. */
export function claimedIssuer(encodedPayload: string): string | undefined {
  try {
    const iss = claimOf(parseClaims(encodedPayload), 'iss')
    return typeof iss === 'string' ? iss : undefined
  } catch {
    return undefined
  }
}
