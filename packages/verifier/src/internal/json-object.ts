import { decodeKnownBase64urlText } from '#platform'
import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'

/**
 * Canonical base64url, strict UTF-8, JSON of a bounded depth, and an object: or the error that is given. A byte order mark is not
 * dropped, and so not JSON: a token has no editor that may have put one there.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.7 RFC 8725 §3.7}
 */
export function parseJsonObject(encoded: string, maxDepth: number, code: 'header_malformed' | 'claims_malformed'): Record<string, unknown> {
  let value: unknown
  try {
    value = parseJson(decodeKnownBase64urlText(encoded), { maxDepth })
  } catch (cause) {
    throw new AccessTokenError(code, { detail: 'not JSON in UTF-8', cause })
  }
  if (!isJsonObject(value)) throw new AccessTokenError(code, { detail: 'not a JSON object' })
  return value
}
