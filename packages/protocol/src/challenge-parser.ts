import { COMMA, EQUALS, QUOTE, readQuotedString, skipSpaces, skipWhitespace, token68End, tokenEnd } from './internal/http-syntax.js'

/** A challenge as it was received. */
export interface Challenge {
  /** As it was sent. Compare it without regard to case. */
  readonly scheme: string
  /** By lower-case name, values unquoted. The object has no prototype, so that only what was sent can be found in it. */
  readonly params: Readonly<Record<string, string>>
  /** The single value that some schemes use instead of parameters. */
  readonly token68?: string
}

const MAX_CHARACTERS = 16_384
const MAX_CHALLENGES = 32
const MAX_PARAMS = 64

/**
 * Reads `WWW-Authenticate`: any number of challenges in one field, quoted strings with escapes, token68.
 *
 * It never throws. At the first fault it returns the challenges before it: the faulty one and everything after it are dropped,
 * because nothing says where the next challenge would begin. A parameter that occurs twice is a fault (RFC 9110 §11.2), and so are
 * more than 64 parameters in one challenge. Reading ends after 32 challenges; a field of more than 16,384 characters yields none.
 * Does *not* know which parameters a scheme requires.
 *
 * @example
 * const [challenge] = parseChallenge('Bearer error="insufficient_scope", scope="orders_read"')
 * console.log(challenge?.params.scope) // orders_read
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 RFC 9110 §11.6.1}
 */
export function parseChallenge(header: string): readonly Challenge[] {
  const challenges: Challenge[] = []
  if (header.length > MAX_CHARACTERS) return challenges
  let at = nextElement(header, 0)
  while (at < header.length && challenges.length < MAX_CHALLENGES) {
    const read = readChallenge(header, at)
    if (read === undefined) break
    challenges.push(read.challenge)
    at = read.end
  }
  return challenges
}

/** `end` is the start of the next challenge, or the end of the header. */
function readChallenge(header: string, start: number): { challenge: Challenge; end: number } | undefined {
  const schemeEnd = tokenEnd(header, start)
  if (schemeEnd === start) return undefined
  const scheme = header.slice(start, schemeEnd)
  const contents = skipSpaces(header, schemeEnd)

  if (endsElement(header, contents)) return { challenge: { scheme, params: noParams() }, end: nextElement(header, contents) }
  if (contents === schemeEnd) return undefined

  const token68Stop = token68End(header, contents)
  if (token68Stop > contents && endsElement(header, token68Stop)) {
    const token68 = header.slice(contents, token68Stop)
    return { challenge: { scheme, params: noParams(), token68 }, end: nextElement(header, token68Stop) }
  }
  const read = readParams(header, contents)
  return read && { challenge: { scheme, params: read.params }, end: read.end }
}

/** Reads parameters up to the first list element that is not one: that must be the next challenge. */
function readParams(header: string, start: number): { params: Record<string, string>; end: number } | undefined {
  const params = noParams()
  let at = start
  for (let count = 0; at < header.length; count++) {
    const nameEnd = tokenEnd(header, at)
    const equals = skipWhitespace(header, nameEnd)
    if (nameEnd === at || header.charCodeAt(equals) !== EQUALS) {
      if (count > 0) break
      return undefined
    }
    const name = header.slice(at, nameEnd).toLowerCase()
    const read = readValue(header, skipWhitespace(header, equals + 1))
    if (read === undefined || name in params || count === MAX_PARAMS || !endsElement(header, read.end)) return undefined
    params[name] = read.value
    at = nextElement(header, read.end)
  }
  return { params, end: at }
}

function readValue(header: string, start: number): { value: string; end: number } | undefined {
  if (header.charCodeAt(start) === QUOTE) return readQuotedString(header, start)
  const end = tokenEnd(header, start)
  return end === start ? undefined : { value: header.slice(start, end), end }
}

function endsElement(header: string, at: number): boolean {
  const next = skipWhitespace(header, at)
  return next === header.length || header.charCodeAt(next) === COMMA
}

/** Skips commas and white space: empty list elements are ignored (RFC 9110 §5.6.1.2). */
function nextElement(header: string, start: number): number {
  let at = skipWhitespace(header, start)
  while (header.charCodeAt(at) === COMMA) at = skipWhitespace(header, at + 1)
  return at
}

function noParams(): Record<string, string> {
  return Object.create(null) as Record<string, string>
}
