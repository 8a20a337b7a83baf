import { AccessTokenError } from '../../access-token-error.js'

/** The claims of a token whose signature was verified. */
export type Claims = Readonly<Record<string, unknown>>

/** Reads an own member: a claim named like a member of `Object.prototype` is absent unless it was issued. */
export function claimOf(claims: Claims, name: string): unknown {
  return issued(claims, name, claims[name])
}

/**
 * The same for claims of every token: engines read a member several times as fast by a literal name.
 *
 * @param value `claims[name]`
 */
export function issued(claims: Claims, name: string, value: unknown): unknown {
  return value !== undefined && Object.hasOwn(claims, name) ? value : undefined
}

/** Reads a claim that must be a string if present. */
export function stringClaim(claims: Claims, name: string): string | undefined {
  return asString(name, claimOf(claims, name))
}

/** Checks the value of a claim that must be a string if present. */
export function asString(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new AccessTokenError('claim_invalid', { detail: `${name} is not a string` })
}
