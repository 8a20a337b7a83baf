import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'

/** A byte order mark is not dropped, and so not JSON: a token has no editor that may have put one there. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Strict UTF-8, JSON of a bounded depth, and an object: or the error that is given.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.7 RFC 8725 §3.7}
 */
export function parseJsonObject(bytes: Uint8Array, maxDepth: number, code: 'header_malformed' | 'claims_malformed') {
  let value: unknown
  try {
    value = parseJson(utf8.decode(bytes), { maxDepth })
  } catch (cause) {
    throw new AccessTokenError(code, { detail: 'not JSON in UTF-8', cause })
  }
  if (!isJsonObject(value)) throw new AccessTokenError(code, { detail: 'not a JSON object' })
  return value
}
