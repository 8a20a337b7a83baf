/**
 * The lexical parts of HTTP fields (RFC 9110 §5.6), read by position. Each `skip*` and `*End` function returns the index
 * after what it matched, which is where it started if there was nothing; all of them take linear time.
 */

export const COMMA = 0x2c
export const EQUALS = 0x3d
export const QUOTE = 0x22
const SPACE = 0x20
const TAB = 0x09
const BACKSLASH = 0x5c

/**
 * Finds the first character outside the set. A search for a single character cannot backtrack, and runs at twice the speed of a loop
 * over character codes, which is measurable on every request.
 */
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/g
const NOT_TOKEN68 = /[^\-._~+/0-9A-Za-z]/g

/** A token (RFC 9110 §5.6.2), for example a scheme or the name of a parameter. */
export function tokenEnd(text: string, start: number): number {
  return search(NOT_TOKEN, text, start)
}

/** A token68 (RFC 9110 §11.2), which is what RFC 6750 §2.1 calls a b64token. */
export function token68End(text: string, start: number): number {
  let at = search(NOT_TOKEN68, text, start)
  if (at === start) return start
  while (text.charCodeAt(at) === EQUALS) at++
  return at
}

function search(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex - 1 : text.length
}

export function skipSpaces(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) === SPACE) at++
  return at
}

/** Spaces and tabs (RFC 9110 §5.6.3). */
export function skipWhitespace(text: string, start: number): number {
  let at = start
  while (isWhitespace(text.charCodeAt(at))) at++
  return at
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === TAB
}

/** A quoted-string (RFC 9110 §5.6.4) whose opening quote is at `start`; `undefined` if it is broken or does not end. */
export function readQuotedString(text: string, start: number): { value: string; end: number } | undefined {
  let value = ''
  let from = start + 1
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return { value: value + text.slice(from, at), end: at + 1 }
    if (code === BACKSLASH) {
      value += text.slice(from, at)
      from = ++at
    }
    if (!isQuotable(text.charCodeAt(at))) return undefined
  }
  return undefined
}

/** Visible characters, spaces, tabs and, for historical reasons, bytes above ASCII. Not control characters, and not `NaN` (the end). */
function isQuotable(code: number): boolean {
  return code === TAB || (code >= SPACE && code <= 0xff && code !== 0x7f)
}

/** The index after the last character that is not white space. */
export function trimmedEnd(text: string): number {
  let end = text.length
  while (end > 0 && isWhitespace(text.charCodeAt(end - 1))) end--
  return end
}
