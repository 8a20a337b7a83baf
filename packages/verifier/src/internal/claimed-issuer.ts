import { claimOf } from './checks/claims.js'
import { parseClaims } from './parse-claims.js'

/** The unverified `iss` of a payload. Only for error messages. */
export function claimedIssuer(encodedPayload: string): string | undefined {
  try {
    const iss = claimOf(parseClaims(encodedPayload), 'iss')
    return typeof iss === 'string' ? iss : undefined
  } catch {
    return undefined
  }
}
