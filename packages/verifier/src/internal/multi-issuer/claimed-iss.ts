import { AccessTokenError } from '../../access-token-error.js'
import { stringClaim } from '../checks/claims.js'
import { parseCompactJws } from '../compact-jws.js'
import { parseClaims } from '../parse-claims.js'

/**
 * Reads the `iss` of an unverified token. It selects the rules, and a false one only selects the wrong rules, which the token
 * then fails. It is parsed like the verified claims are later. A token that is too large is not parsed.
 *
 * @throws {AccessTokenError} `token_too_large`, `token_malformed`, `token_encrypted`, `header_malformed`, `claims_malformed`,
 *   `claim_missing`, `claim_invalid`
 */
export function readClaimedIss(token: string, { maxTokenBytes }: { maxTokenBytes: number }): string {
  const { encodedPayload } = parseCompactJws(token, { maxTokenBytes })
  const iss = stringClaim(parseClaims(encodedPayload), 'iss')
  if (iss === undefined) throw new AccessTokenError('claim_missing', { detail: 'iss' })
  return iss
}
