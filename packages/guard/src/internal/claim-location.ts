import { type AccessTokenClaims, ConfigurationError } from '@bailiwick/protocol'
import { parseClaimPath } from './claim-path.js'
import type { ClaimLocation } from '../contract-definition.js'

/**
 * Reads a place, the first of several places that is there, or asks a function.
 *
 * @throws {ConfigurationError} a place that is none
 */
export function parseClaimLocation(member: string, location: ClaimLocation): (claims: AccessTokenClaims) => unknown {
  if (typeof location === 'function') return location
  const places: unknown = typeof location === 'string' ? [location] : location
  if (!Array.isArray(places) || places.length === 0 || !places.every((place) => typeof place === 'string' && place !== '')) {
    throw new ConfigurationError(
      `${member} must be the name of a claim, a path such as "realm_access.roles", a list of them, or a function.`,
    )
  }
  const paths = places.map(parseClaimPath)
  return (claims) => {
    for (const path of paths) {
      const value = path.read(claims)
      if (value !== undefined && value !== null) return value
    }
    return undefined
  }
}

/** An array's strings, or a string as the only one; duplicates and everything else are left out. */
export function readNames(value: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  return [...new Set(entries.filter((entry): entry is string => typeof entry === 'string' && entry !== ''))]
}
