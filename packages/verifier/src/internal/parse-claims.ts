import { parseJsonObject } from './json-object.js'

/** What is nested deeper than this is not walked (RFC 8259 §9 lets a parser set a limit). */
const maxDepth = 32

/**
 * The claims of an access token. Whoever reads them, before the signature is verified or after it, reads them by this: of duplicate
 * members the same one counts, and what is malformed for one is so for the other.
 *
 * @throws {AccessTokenError} `claims_malformed`
 */
export function parseClaims(encodedPayload: string): Record<string, unknown> {
  return parseJsonObject(encodedPayload, maxDepth, 'claims_malformed')
}
