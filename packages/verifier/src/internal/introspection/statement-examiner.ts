import { AccessTokenError, type AccessTokenErrorCode } from '../../access-token-error.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { createJwtExaminer, type JwtRules } from '../jwt-examiner.js'
import type { Verdict } from '../verdict-cache.js'
import { createBesideExaminer } from './beside-jwt.js'
import { createClaimsExaminer } from './claims-examiner.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import type { ActiveStatement, PhantomStatement } from './statement.js'

/**
 * Holds what the server says of an active token against what the API demands.
 *
 * @param assumedEnd for a token whose `exp` the server does not tell: until when what it says is used, in seconds since the epoch
 * @throws {AccessTokenError} or rejects with one: `invalid_token` if the token is not for this API now
 */
export type ExamineStatement = (statement: ActiveStatement, assumedEnd: number) => Verdict | Promise<Verdict>

/** What can be wrong with a JWT that a server gave, and be due to the token that it was asked about. */
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

  /** A JWT that is broken, or that the issuer did not sign, says nothing about the token: the server is at fault. */
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
 * A server of before RFC 9701 signs its *responses* as JWTs that are like access tokens in all but this: what makes one of those is in them,
 * and with it that the token is not active.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9701#section-8.1 RFC 9701 §8.1}
 */
function checkNoResponse(claims: Claims): void {
  const active = claimOf(claims, 'active')
  if (!Object.hasOwn(claims, 'token_introspection') && (active === undefined || active === true)) return
  throw introspectionUnavailable('the JWT is itself a response of the server about the token, and no access token')
}
