import { decodeKnownBase64urlText } from '#platform'
import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'

/**
 * Parses a JSON object of bounded depth from canonical base64url and strict UTF-8. Throws an error with the given code
 * otherwise. A byte order mark is not skipped, and so is not valid JSON.
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
