/**
 * Reads where in the app to go on: a path on the app's own origin, with its query and fragment. Anything by which a browser, or a framework
 * that decodes once too often, could be sent to another origin is `undefined`: a scheme, `//`, `/\`, control characters, the same
 * percent-encoded, however often, or by the `%u` of old scripts, or behind dot segments, more than 2,048
 * characters; and, in JavaScript, what is no text.
 *
 * That the app has such a path is *not* checked, nor what its query says.
 *
 * @returns the path as a browser writes it: dot segments resolved, and in ASCII, so that it can be a `Location`
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11 RFC 9700 §4.11}
 */
export function parseReturnTo(text: string): string | undefined {
  // A browser leaves tabs and line breaks out, wherever they are. The rest is judged as its parser writes it, with `/` for every `\`.
  if (!text?.match?.(/^\/\P{Cc}{0,2047}$/u)) return undefined
  const url = new URL('https://a' + text)
  let path = url.pathname
  // By byte, so that bytes which are no UTF-8 cannot hide others.
  while (path !== unescape(path)) path = unescape(path)
  // None of this goes away when a path is decoded further: what is in it at the end was in it all along, or has come to light on the way. Two bytes that
  // UTF-8 never has are how `/` and `\` are written overlong.
  return /^\/\/|\/\.\.?\/|[^ -[\]-~\x80-\xbf\xc2-\xff]|%[uU]/.test(path) ? undefined : formatPath(url)
}

/** Where in its origin a URL is: a path with its query and fragment. */
export const formatPath = ({ pathname, search, hash }: Pick<URL, 'pathname' | 'search' | 'hash'>): string => pathname + search + hash
