import { ConfigurationError } from '@bailiwick/protocol'

/**
 * The place of a claim: its name, or names joined by dots that lead through nested objects (`realm_access.roles`).
 *
 * A claim whose whole name is the path comes first, so that a name with dots in it (`https://example.com/roles`) needs no
 * escaping. Only own members are read, never what an object inherits, and arrays are not descended into.
 */
export interface ClaimPath {
  readonly name: string
  /** The value at this place; `undefined` when there is none. */
  readonly read: (claims: unknown) => unknown
}

/** @throws {ConfigurationError} an empty path */
export function parseClaimPath(path: string): ClaimPath {
  if (typeof path !== 'string' || path === '') {
    throw new ConfigurationError(
      `${JSON.stringify(path)} is not the place of a claim: write its name, or a path such as "realm_access.roles".`,
    )
  }
  const steps = path.split('.')
  if (steps.length === 1) return Object.freeze({ name: path, read: (claims: unknown) => ownMember(claims, path) })
  return Object.freeze({ name: path, read: (claims: unknown) => ownMember(claims, path) ?? steps.reduce(ownMember, claims) })
}

/** A member that the object has itself: neither inherited nor one of an array. */
export function ownMember(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || Array.isArray(object) || !Object.hasOwn(object, name)) return undefined
  return (object as Readonly<Record<string, unknown>>)[name]
}
