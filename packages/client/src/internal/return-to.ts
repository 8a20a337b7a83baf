const longest = 2048
const mostEncodings = 3
const somewhere = 'https://bailiwick.invalid'

/**
 * Reads where in the app to go on: a path on the app's own origin, with its query and fragment. Anything by which a browser, or a framework
 * that decodes once too often, could be sent to another origin is `undefined`: a scheme, `//`, `/\`, control characters, the same
 * percent-encoded (a path that is so more than three times over, or by the `%u` of old scripts, too) or behind dot segments, more than 2,048
 * characters; and, in JavaScript, what is no text.
 *
 * That the app has such a path is *not* checked, nor what its query says.
 *
 * @returns the path as a browser writes it: dot segments resolved, and in ASCII, so that it can be a `Location`
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11 RFC 9700 §4.11}
 */
export function parseReturnTo(text: string): string | undefined {
  if (typeof text !== 'string' || text.length > longest || !isLocal(text)) return undefined
  const { pathname, search, hash } = new URL(text, somewhere)
  let path = pathname
  for (let encodings = 0; /%([\da-f]{2}|u)/i.test(path); encodings++) {
    path = decoded(path)
    if (encodings === mostEncodings || !isLocal(path)) return undefined
  }
  return pathname + search + hash
}

/**
 * Begins with one slash, and stays so once it is resolved: `/.//` is `//` then. A browser reads `\` as `/`, and leaves tabs and line breaks out:
 * none of them has a place here.
 */
function isLocal(path: string): boolean {
  return /^\/(?!\/)[ -[\]-~\u0080-\uffff]*$/.test(path) && !new URL(path, somewhere).pathname.startsWith('//')
}

/**
 * By byte, so that bytes which are no UTF-8 cannot hide others. Two that UTF-8 never has are how `/` and `\` are written overlong, and `%u` is how
 * old scripts may write them. A `?` that was encoded is part of the path.
 */
function decoded(path: string): string {
  return path
    .replaceAll(/%([\da-f]{2})/gi, (_escape, hex: string) => String.fromCodePoint(Number(`0x${hex}`)))
    .replaceAll(/[\u00c0\u00c1]|%[uU]/g, '\\')
    .replaceAll(/[?#]/g, '_')
}
