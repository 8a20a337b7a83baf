import { AccessTokenError } from '../../access-token-error.js'
import { stringClaim } from '../checks/claims.js'
import { parseCompactJws } from '../compact-jws.js'
import { parseClaims } from '../parse-claims.js'

/**
 * The `iss` of a token that nobody has verified: it selects the rules by which the token is examined, and whoever writes a wrong one
 * has their token examined by the wrong rules. It is read as the claims that are verified later are. What is too large is not parsed.
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
