import type { VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import { checkAudience } from '../checks/audience.js'
import { checkClaimTypes } from '../checks/claim-types.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { checkIssuer } from '../checks/issuer.js'
import { checkLifetime } from '../checks/lifetime.js'
import { checkRequiredClaims } from '../checks/required-claims.js'
import { deepFreeze } from '../deep-freeze.js'
import type { JwtRules } from '../jwt-examiner.js'
import type { Verdict } from '../verdict-cache.js'
import { checkIntrospectedKind } from './introspected-kind.js'

/** The rules for claims that a server vouches for. */
export type ClaimsRules = Pick<JwtRules, 'issuer' | 'audience' | 'requiredClaims' | 'clockToleranceSeconds' | 'maxTokenAgeSeconds' | 'now'>

/**
 * Checks the claims of an active token against the rules of the API: being active is not enough.
 *
 * @param assumedEnd the expiry for a token without `exp`, in seconds since the epoch
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-4 RFC 7662 §4}
 */
export type ExamineClaims = (claims: Claims, assumedEnd: number) => Verdict

export function createClaimsExaminer(rules: ClaimsRules): ExamineClaims {
  const { issuer, audience, requiredClaims, now } = rules

  return (claims, assumedEnd) => {
    checkClaimTypes(claims)
    if (Object.hasOwn(claims, 'iss')) checkIssuer(claims, issuer)
    checkIntrospectedAudience(claims, audience)
    const timed = Object.hasOwn(claims, 'exp') ? claims : { ...claims, exp: assumedEnd }
    const expiresAt = checkLifetime(timed, now() / 1000, rules)
    checkIntrospectedKind(claims)
    checkRequiredClaims(claims, requiredClaims)
    const accessToken: VerifiedAccessToken = Object.freeze({ issuer, expiresAt, claims: deepFreeze(claims) })
    return { accessToken, confirmation: claimOf(claims, 'cnf'), stands: () => lasts(timed, rules) }
  }
}

/** Whether the token is still valid by the times in its claims. */
export function lasts(claims: Claims, rules: ClaimsRules): boolean {
  try {
    checkLifetime(claims, rules.now() / 1000, rules)
    return true
  } catch {
    return false
  }
}

function checkIntrospectedAudience(claims: Claims, audience: readonly string[] | null): void {
  if (audience !== null && claimOf(claims, 'aud') === undefined) {
    throw new AccessTokenError('claim_missing', {
      detail:
        'aud: the server does not say for which API the token is. Have it say so in its introspection responses, or set audience: null ' +
        'if it calls no token active that is for another API',
    })
  }
  checkAudience(claims, audience)
}
