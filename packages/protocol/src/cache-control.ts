import { COMMA, EQUALS, QUOTE, readQuotedString, skipWhitespace, tokenEnd } from './internal/http-syntax.js'

/** What a response says about caching it. */
export interface CacheControl {
  /** How long the response stays fresh from now on, in seconds: `max-age` less `Age`, at least 0. Absent without `max-age`. */
  maxAgeSeconds?: number
  noStore: boolean
  noCache: boolean
}

/** The number that stands for any larger one (RFC 9111 §1.2.2). */
const MAX_DELTA_SECONDS = 2_147_483_648

/**
 * Reads `Cache-Control` and `Age`. In doubt it chooses the shorter lifetime: of several `max-age` the smallest counts, and one
 * that is not a whole number of seconds counts as 0 (RFC 9111 §4.2.1). Numbers are capped at 2^31.
 *
 * Does *not* read `s-maxage`, `private`, extensions, `Expires` or `Pragma`. A `no-cache` that names fields counts as a plain
 * `no-cache`. Apply limits of your own to the result.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2 RFC 9111 §5.2.2} and §5.1 (`Age`)
 */
export function parseCacheControl(headers: Pick<Headers, 'get'>): CacheControl {
  const result: CacheControl = { noStore: false, noCache: false }
  for (const { name, value } of directives(headers.get('cache-control') ?? '')) {
    if (name === 'no-store') result.noStore = true
    if (name === 'no-cache') result.noCache = true
    if (name === 'max-age') {
      result.maxAgeSeconds = Math.min(result.maxAgeSeconds ?? Infinity, parseDeltaSeconds(value) ?? 0)
    }
  }
  if (result.maxAgeSeconds !== undefined) {
    result.maxAgeSeconds = Math.max(0, result.maxAgeSeconds - ageSeconds(headers))
  }
  return result
}

/** Of several values the first counts; one that is not a number is ignored (RFC 9111 §5.1). */
function ageSeconds(headers: Pick<Headers, 'get'>): number {
  const [first = ''] = (headers.get('age') ?? '').split(',', 1)
  return parseDeltaSeconds(first.trim()) ?? 0
}

function parseDeltaSeconds(text: string): number | undefined {
  return /^[0-9]+$/.test(text) ? Math.min(Number(text), MAX_DELTA_SECONDS) : undefined
}

/** The directives, names in lower case. Anything else is skipped up to the next comma. */
function* directives(field: string): Generator<{ name: string; value: string }> {
  let at = 0
  while (at < field.length) {
    const start = skipWhitespace(field, at)
    const nameEnd = tokenEnd(field, start)
    const { value, end } = readArgument(field, nameEnd)
    if (nameEnd > start) yield { name: field.slice(start, nameEnd).toLowerCase(), value }
    const comma = field.indexOf(',', end)
    at = comma === -1 ? field.length : comma + 1
  }
}

/** The argument after `=`, quoted or not: recipients must accept both forms for every directive (RFC 9111 §5.2). */
function readArgument(field: string, nameEnd: number): { value: string; end: number } {
  if (field.charCodeAt(nameEnd) !== EQUALS) return { value: '', end: nameEnd }
  const start = nameEnd + 1
  if (field.charCodeAt(start) === QUOTE) return readQuotedString(field, start) ?? { value: '', end: start }
  let end = start
  while (end < field.length && field.charCodeAt(end) !== COMMA) end++
  return { value: field.slice(start, end).trim(), end }
}
