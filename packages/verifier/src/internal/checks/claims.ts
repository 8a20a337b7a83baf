import { AccessTokenError } from '../../access-token-error.js'

/** The claims of a token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>

/** An own member: a claim named like a member of `Object.prototype` is absent unless it was issued. */
export function claimOf(claims: Claims, name: string): unknown {
  return issued(claims, name, claims[name])
}

/**
 * The same, for what every token comes by: engines find a member several times as fast by a name that is written out.
 *
 * @param value `claims[name]`
 */
export function issued(claims: Claims, name: string, value: unknown): unknown {
  return value !== undefined && Object.hasOwn(claims, name) ? value : undefined
}

/** A claim that is a string where it is there. */
export function stringClaim(claims: Claims, name: string): string | undefined {
  return asString(name, claimOf(claims, name))
}

/** The value of a claim, which is a string where it is there. */
export function asString(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new AccessTokenError('claim_invalid', { detail: `${name} is not a string` })
}
