import { claimOf } from './checks/claims.js'
import { parseJsonObject } from './json-object.js'

/** Enough for any claims that have an `iss` worth telling. */
const maxDepth = 32

/** The `iss` of a payload that nobody has verified: to tell operators where a token claims to be from, and for nothing else. */
export function claimedIssuer(encodedPayload: string): string | undefined {
  try {
    const iss = claimOf(parseJsonObject(encodedPayload, maxDepth, 'claims_malformed'), 'iss')
    return typeof iss === 'string' ? iss : undefined
  } catch {
    return undefined
  }
}
