import { BailiwickError } from './error.js'

/** Why a text was refused: it is not JSON, or it nests deeper than allowed. */
export type JsonErrorCode = 'json_malformed' | 'json_too_deep'

/** A text that is not JSON, or nests too deeply to be walked safely. Holds no part of the text, which may be a token. */
export class JsonError extends BailiwickError<JsonErrorCode> {}

/** The bounds of a JSON text. */
export interface ParseJsonOptions {
  /** How many arrays and objects may be open at once; `[[]]` has a depth of 2. Default 32. */
  maxDepth?: number | undefined
}

/**
 * Parses JSON from an untrusted source. The depth is checked before parsing and without recursion, so that megabytes of
 * `[[[[…` cannot exhaust the stack here, or in a caller that walks the result.
 *
 * Of members with the same name the last one wins. A member named `__proto__` becomes an ordinary own member: it does not
 * set a prototype here, but copying it with `Object.assign` would. A number too large for a double becomes `Infinity`.
 * Does *not* check the size of the text: bound it when reading.
 *
 * @throws {JsonError} `json_malformed`, `json_too_deep`. There is no `cause`: the engine's own error quotes the text.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-4 RFC 8259 §4} and §9 (limits that a parser may set)
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4 RFC 7519 §4} (duplicate claim names)
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): unknown {
  const maxDepth = options.maxDepth ?? 32
  if (opensMoreThan(maxDepth, text) && isDeeperThan(maxDepth, text)) {
    throw new JsonError('json_too_deep', `The JSON nests deeper than ${maxDepth} levels.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonError('json_malformed', `The text (${text.length} characters) is not well-formed JSON.`)
  }
}

/** Whether a parsed value is a JSON object: neither an array nor `null`. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** A text with few opening brackets, like most claims, cannot be deep. Searching for them is much faster than walking the text. */
function opensMoreThan(maxDepth: number, text: string): boolean {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      // Written so that a limit of NaN refuses everything that nests.
      if (!(++count <= maxDepth)) return true
    }
  }
  return false
}

/** Exact up to the first syntax error, which is as far as the parser gets. */
function isDeeperThan(maxDepth: number, text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) {
      inString = true
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (!(++depth <= maxDepth)) return true
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth--
    }
  }
  return false
}
