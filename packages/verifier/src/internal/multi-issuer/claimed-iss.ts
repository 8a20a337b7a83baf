import { AccessTokenError } from '../../access-token-error.js'
import { stringClaim } from '../checks/claims.js'
import { parseCompactJws } from '../compact-jws.js'
import { parseJsonObject } from '../json-object.js'

/** As for the claims of a token that has been verified: what is no good there need not be read here. */
const maxClaimsDepth = 32

/**
 * The `iss` of a token that nobody has verified: it selects the rules by which the token is examined, and whoever writes a wrong one
 * has their token examined by the wrong rules. It is read by the same parser as the claims that are verified later, so that of
 * duplicate members the same one counts. What is too large is not parsed.
 *
 * @throws {AccessTokenError} `token_too_large`, `token_malformed`, `token_encrypted`, `header_malformed`, `claims_malformed`,
 *   `claim_missing`, `claim_invalid`
 */
export function readClaimedIss(token: string, { maxTokenBytes }: { maxTokenBytes: number }): string {
  const { encodedPayload } = parseCompactJws(token, { maxTokenBytes })
  const iss = stringClaim(parseJsonObject(encodedPayload, maxClaimsDepth, 'claims_malformed'), 'iss')
  if (iss === undefined) throw new AccessTokenError('claim_missing', { detail: 'iss' })
  return iss
}
