import type { RequestLike, SenderConstraintSupport, TokenScheme } from '@bailiwick/protocol'
import type { RefusalCode } from '../refusal.js'

/** The challenges of one refusal, in order, and which of them say what is wrong. */
export type ChallengePlan = readonly PlannedChallenge[]

export interface PlannedChallenge {
  readonly scheme: TokenScheme
  readonly hasError: boolean
}

/** Decides which challenges a refusal has. It gives the same plan object for the same case, so that headers can be kept with it. */
export type ChallengePlanner = (code: RefusalCode, request: RequestLike | undefined) => ChallengePlan

/**
 * Plans challenges by what the verifier accepts.
 *
 * Where DPoP and Bearer are both accepted: the error goes to the scheme that the request used, both schemes are offered to a request
 * that used none, and both get the error where it cannot be told. A request under Bearer is told of DPoP besides, unless its token is
 * good; one under DPoP is not told of Bearer, which would not take its token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.2 RFC 9449 §7.2}, figures 17 to 19, and §7.1, figures 15 and 16
 */
export function createChallengePlanner(support: SenderConstraintSupport | undefined): ChallengePlanner {
  if (support?.dpop === undefined) return () => BEARER
  if (support.required && !support.mtls) return () => DPOP
  return (code, request) => {
    if (code === 'credentials_missing') return BOTH_PLAIN
    const attempted = attemptedSchemes(request?.headers.get('authorization') ?? '')
    if (code === 'invalid_request' && attempted !== 'Bearer' && attempted !== 'DPoP') return BOTH_WITH_ERROR
    if (attempted === 'DPoP') return DPOP
    return OF_GOOD_TOKENS.has(code) ? BEARER : BEARER_THEN_DPOP
  }
}

const BEARER: ChallengePlan = plan(['Bearer', true])
const DPOP: ChallengePlan = plan(['DPoP', true])
const BOTH_PLAIN: ChallengePlan = plan(['Bearer', false], ['DPoP', false])
const BOTH_WITH_ERROR: ChallengePlan = plan(['Bearer', true], ['DPoP', true])
const BEARER_THEN_DPOP: ChallengePlan = plan(['Bearer', true], ['DPoP', false])

/** The token was accepted under its scheme: another one would change nothing. */
const OF_GOOD_TOKENS: ReadonlySet<RefusalCode> = new Set([
  'insufficient_scope',
  'insufficient_user_authentication',
  'forbidden',
  'contract_broken',
])

/** The schemes of ours at the start of the header, or after a comma in it. A token from elsewhere is a bearer token (RFC 6750 §2). */
function attemptedSchemes(authorization: string): TokenScheme | 'both' | 'none' {
  const isBearer = /(?:^|,)[ \t]*bearer(?=[ \t,]|$)/i.test(authorization)
  const isDpop = /(?:^|,)[ \t]*dpop(?=[ \t,]|$)/i.test(authorization)
  if (isBearer) return isDpop ? 'both' : 'Bearer'
  return isDpop ? 'DPoP' : 'none'
}

function plan(...challenges: readonly (readonly [scheme: TokenScheme, hasError: boolean])[]): ChallengePlan {
  return Object.freeze(challenges.map(([scheme, hasError]) => Object.freeze({ scheme, hasError })))
}
