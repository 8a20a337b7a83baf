import { ConfigurationError, isScope } from '@bailiwick/protocol'

/**
 * The prefix that a prefix scope stands for: `payment:` for `payment:*`; `undefined` for a scope without a star.
 *
 * A prefix scope is a family of scopes with a value in the place of the star, such as `payment:123`. The star is notation of
 * the contract and never a wildcard in a token: there, `payment:*`, `payment:` and any value with a star grant nothing.
 *
 * @throws {ConfigurationError} not a scope by the grammar of RFC 6749 §3.3, or a star that is not the last character after a
 *   separator
 */
export function parsePrefixScope(name: string): string | undefined {
  if (typeof name !== 'string' || !isScope(name)) {
    throw new ConfigurationError(
      `${JSON.stringify(name)} cannot be a scope: use printable ASCII without spaces, quotes and backslashes (RFC 6749 §3.3).`,
    )
  }
  const star = name.indexOf('*')
  if (star === -1) return undefined
  if (star !== name.length - 1 || star < 2 || /[0-9A-Za-z]/.test(name.charAt(star - 1))) {
    throw new ConfigurationError(
      `${JSON.stringify(name)} is not a prefix scope: write one star, at the end and after a separator, such as "payment:*".`,
    )
  }
  return name.slice(0, -1)
}

/** Whether `scope` is `prefix` with a value behind it. */
export function hasPrefixValue(scope: string, prefix: string): boolean {
  return scope.length > prefix.length && scope.startsWith(prefix) && !scope.includes('*')
}
