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

const TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~"
const TOKEN68_PUNCTUATION = '-._~+/'

const tokenCharacters = characterSet(TOKEN_PUNCTUATION)
const token68Characters = characterSet(TOKEN68_PUNCTUATION)

function characterSet(punctuation: string): Uint8Array {
  const set = new Uint8Array(128)
  for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' + punctuation) set[character.charCodeAt(0)] = 1
  return set
}

/** A token (RFC 9110 §5.6.2), for example a scheme or the name of a parameter. */
export function tokenEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && tokenCharacters[text.charCodeAt(at)] === 1) at++
  return at
}

/** A token68 (RFC 9110 §11.2), which is what RFC 6750 §2.1 calls a b64token. */
export function token68End(text: string, start: number): number {
  let at = start
  while (at < text.length && token68Characters[text.charCodeAt(at)] === 1) at++
  if (at === start) return start
  while (text.charCodeAt(at) === EQUALS) at++
  return at
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

export function isWhitespace(code: number): boolean {
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

/** Visible characters, spaces, tabs and, as history has it, bytes above ASCII. Not control characters; not `NaN`, the end. */
function isQuotable(code: number): boolean {
  return code === TAB || (code >= SPACE && code <= 0xff && code !== 0x7f)
}

/** Where the text ends if the white space at its end is left out. */
export function trimmedEnd(text: string): number {
  let end = text.length
  while (end > 0 && isWhitespace(text.charCodeAt(end - 1))) end--
  return end
}
