import { ownMember } from './claim-path.js'
import type { UncheckedClaims } from '../principal.js'

/** `sub` (RFC 7519 §4.1.2). */
export function readSubject(claims: UncheckedClaims): string | undefined {
  return readName(claims, 'sub')
}

/** `client_id` (RFC 8693 §4.3, RFC 9068 §2.2), else `azp` of OpenID Connect. */
export function readClientId(claims: UncheckedClaims): string | undefined {
  return readName(claims, 'client_id') ?? readName(claims, 'azp')
}

/** `acr` (RFC 9068 §2.2.1). */
export function readAcr(claims: UncheckedClaims): string | undefined {
  return readName(claims, 'acr')
}

/** The end of the year 9999. A larger NumericDate is milliseconds taken for seconds. */
const LATEST_NUMERIC_DATE = 253_402_300_799

/** `auth_time` (RFC 9068 §2.2.1). */
export function readAuthTime(claims: UncheckedClaims): number | undefined {
  const value = ownMember(claims, 'auth_time')
  return typeof value === 'number' && value >= 0 && value <= LATEST_NUMERIC_DATE ? value : undefined
}

/** An empty string names nobody. */
function readName(claims: UncheckedClaims, claim: string): string | undefined {
  const value = ownMember(claims, claim)
  return typeof value === 'string' && value !== '' ? value : undefined
}
