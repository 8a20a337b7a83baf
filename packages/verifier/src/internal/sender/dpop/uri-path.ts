/**
 * Normalizes the path of a URI: percent-encodings in upper case, encoded unreserved characters decoded, dot segments removed,
 * `/` for the empty path. `undefined` for an invalid path: characters other than printable ASCII, a backslash, an incomplete
 * percent-encoding.
 *
 * Everything else remains distinct: `//` and `/`, `%2F` and `/`, with and without a trailing slash, upper and lower case.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 RFC 3986 §6.2.2} and §6.2.3
 */
export function normalisePath(path: string): string | undefined {
  if (path === '') return '/'
  if (!path.startsWith('/') || /[^!-[\]-~]|%(?![\da-f]{2})/i.test(path)) return undefined
  // Decoded first, since a dot may be encoded. Most paths have neither.
  const decoded = path.includes('%') ? path.replaceAll(/%[\da-f]{2}/gi, decodeUnreserved) : path
  return decoded.includes('/.') ? removeDotSegments(decoded) : decoded
}

function decodeUnreserved(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return /[\w.~-]/.test(character) ? character : encoded.toUpperCase()
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 RFC 3986 §5.2.4} */
function removeDotSegments(path: string): string {
  const kept: string[] = []
  const segments = path.slice(1).split('/')
  for (const [at, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..'
    if (segment === '..') kept.pop()
    if (!isDots) kept.push(segment)
    else if (at === segments.length - 1) kept.push('')
  }
  return `/${kept.join('/')}`
}
