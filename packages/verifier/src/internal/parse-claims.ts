import { parseJsonObject } from './json-object.js'

/** Deeper JSON is refused (RFC 8259 §9 lets a parser set a limit). */
const maxDepth = 32

/**
 * Parses the claims of an access token. Used before and after verification, so that both read the same: of duplicate members
 * the same one counts, and what is malformed for one is malformed for the other.
 *
 * @throws {AccessTokenError} `claims_malformed`
 */
export function parseClaims(encodedPayload: string): Record<string, unknown> {
  return parseJsonObject(encodedPayload, maxDepth, 'claims_malformed')
}
