import { ConfigurationError } from './error.js'

/** A value with more scopes than this is taken for an error of the issuer, and grants nothing. */
const MAX_SCOPES = 1000
/** The most characters in a value. */
const MAX_SCOPE_CHARACTERS = 65_536

/**
 * Reads the scopes of a token or a token response: the space-delimited string of the standard, or the array of strings
 * that some servers issue. Duplicates are removed, the order is kept.
 *
 * It fails closed. An entry that does not match the grammar is dropped; so is an array entry with a space, which is not two
 * scopes. A value of another type, of more than 65,536 characters, or with more than 1,000 entries grants nothing at all.
 * Does *not* know which scopes exist, and compares none: scopes are case-sensitive.
 *
 * @example
 * parseScope('orders_read openid') // ['orders_read', 'openid']
 * parseScope(['orders_read', 'openid']) // the same
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3}
 */
export function parseScope(value: unknown): readonly string[] {
  const entries = scopeEntries(value)
  if (entries.length > MAX_SCOPES) return []
  const scopes = new Set<string>()
  let characters = 0
  for (const entry of entries) {
    if (typeof entry !== 'string') continue
    characters += entry.length
    if (characters > MAX_SCOPE_CHARACTERS) return []
    if (isScope(entry)) scopes.add(entry)
  }
  return [...scopes]
}

/**
 * Writes scopes as one space-delimited string, duplicates removed and in the order given.
 *
 * @throws {ConfigurationError} an entry that is not a scope by the grammar
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3}
 */
export function formatScope(scopes: Iterable<string>): string {
  const unique = new Set(scopes)
  for (const scope of unique) {
    if (!isScope(scope)) {
      throw new ConfigurationError(`${JSON.stringify(scope)} is not a scope: use printable ASCII without spaces, quotes and backslashes.`)
    }
  }
  return [...unique].join(' ')
}

/**
 * Whether a text is one scope: printable ASCII, at least one character, without space, `"` and `\`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3} (`scope-token`)
 */
export function isScope(text: string): boolean {
  return /^[!#-[\]-~]+$/.test(text)
}

function scopeEntries(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || value.length > MAX_SCOPE_CHARACTERS) return []
  return value.split(' ').filter((entry) => entry !== '')
}
