import { ConfigurationError, isScope } from '@bailiwick/protocol'

/**
 * Reads the option `scope` as it is sent: scopes with one space between.
 *
 * @returns the scopes, each by itself
 * @throws {ConfigurationError} naming the fix: callers without types give lists
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3}
 */
export function requireScope(scope: string): readonly string[] {
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  if (scopes.length > 0 && scopes.every(isScope)) return scopes
  throw new ConfigurationError(
    'scope must be one text of scopes with one space between them, of printable ASCII without quotes and backslashes: leave it out for the default.',
  )
}
