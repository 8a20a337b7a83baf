import { AccessTokenError } from '../../access-token-error.js'

/** The claims of a token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>

/** An own member: a claim named like a member of `Object.prototype` is absent unless it was issued. */
export function claimOf(claims: Claims, name: string): unknown {
  const value = claims[name]
  return value !== undefined && Object.hasOwn(claims, name) ? value : undefined
}

export function stringClaim(claims: Claims, name: string): string | undefined {
  const value = claimOf(claims, name)
  if (value === undefined || typeof value === 'string') return value
  throw new AccessTokenError('claim_invalid', { detail: `${name} is not a string` })
}
