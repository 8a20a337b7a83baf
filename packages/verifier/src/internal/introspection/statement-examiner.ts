import { AccessTokenError, type AccessTokenErrorCode } from '../../access-token-error.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { createJwtExaminer, type JwtRules } from '../jwt-examiner.js'
import type { Verdict } from '../verdict-cache.js'
import { createBesideExaminer } from './beside-jwt.js'
import { createClaimsExaminer } from './claims-examiner.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import type { ActiveStatement, PhantomStatement } from './statement.js'

/**
 * Checks what the server says about an active token against the rules of the API.
 *
 * @param assumedEnd the expiry for a token without `exp`, in seconds since the epoch
 * @throws {AccessTokenError} or rejects with one: `invalid_token` if the token is not for this API now
 */
export type ExamineStatement = (statement: ActiveStatement, assumedEnd: number) => Verdict | Promise<Verdict>

/** The faults of a JWT from the server that the presented token can cause. All others are the server's. */
const faultsOfToken: ReadonlySet<AccessTokenErrorCode> = new Set<AccessTokenErrorCode>([
  'audience_mismatch',
  'claim_invalid',
  'claim_missing',
  'issuer_mismatch',
  'token_expired',
  'token_not_yet_valid',
  'token_too_old',
  'token_type_rejected',
])

export function createStatementExaminer(rules: JwtRules): ExamineStatement {
  const examineClaims = createClaimsExaminer(rules)
  const examineJwt = createJwtExaminer(rules)
  const examineBeside = createBesideExaminer(rules)

  return (statement, assumedEnd) => ('jwt' in statement ? examinePhantom(statement) : examineClaims(statement.claims, assumedEnd))

  async function examinePhantom({ jwt, beside }: PhantomStatement): Promise<Verdict> {
    const verdict = await examineSigned(jwt)
    checkNoResponse(verdict.accessToken.claims)
    return examineBeside(verdict, beside)
  }

  /** A JWT that is broken, or not signed by the issuer, says nothing about the token: the server is at fault. */
  async function examineSigned(jwt: string): Promise<Verdict> {
    try {
      return await examineJwt(jwt)
    } catch (cause) {
      if (!(cause instanceof AccessTokenError) || cause.outcome === 'unavailable' || faultsOfToken.has(cause.code)) throw cause
      throw introspectionUnavailable(`the JWT in the response is not accepted: ${cause.message}`, { cause })
    }
  }
}

/**
 * Servers from before RFC 9701 sign *responses* as JWTs that look like access tokens. They hold the members of a response, and
 * may say that the token is not active.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9701#section-8.1 RFC 9701 §8.1}
 */
function checkNoResponse(claims: Claims): void {
  const active = claimOf(claims, 'active')
  if (!Object.hasOwn(claims, 'token_introspection') && (active === undefined || active === true)) return
  throw introspectionUnavailable('the JWT is itself a response of the server about the token, and no access token')
}
