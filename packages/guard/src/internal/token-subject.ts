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

/** `auth_time` (RFC 9068 §2.2.1). */
export function readAuthTime(claims: UncheckedClaims): number | undefined {
  const value = ownMember(claims, 'auth_time')
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** An empty string names nobody. */
function readName(claims: UncheckedClaims, claim: string): string | undefined {
  const value = ownMember(claims, claim)
  return typeof value === 'string' && value !== '' ? value : undefined
}
