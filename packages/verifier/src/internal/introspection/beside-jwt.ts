import { AccessTokenError } from '../../access-token-error.js'
import { checkAudience } from '../checks/audience.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { checkIssuer } from '../checks/issuer.js'
import { checkLifetime } from '../checks/lifetime.js'
import { isSameConfirmation } from '../sender/same-confirmation.js'
import type { Verdict } from '../verdict-cache.js'
import { type ClaimsRules, lasts } from './claims-examiner.js'
import { checkIntrospectedKind } from './introspected-kind.js'

/** The members that decide whether a token is accepted. */
const names = ['iss', 'aud', 'exp', 'nbf', 'iat', 'cnf', 'token_type', 'token_use', 'typ', 'purpose', 'events']

/** The members of a JSON response, besides its JWT, that can speak against the token. */
export function readBeside(members: Claims): Claims {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]))
}

/**
 * Checks the members beside the JWT as an introspection response: a valid JWT does not excuse them. All are optional. None of
 * them replaces a claim of the JWT or is added to its claims. The token expires at the earlier `exp`.
 */
export function createBesideExaminer(rules: ClaimsRules): (verdict: Verdict, beside: Claims) => Verdict {
  const { issuer, audience, now } = rules

  return (verdict, beside) => {
    const { accessToken } = verdict
    const { claims } = accessToken
    if (Object.hasOwn(beside, 'iss')) checkIssuer(beside, issuer)
    if (Object.hasOwn(beside, 'aud')) checkAudience(beside, audience)
    const timed = { exp: accessToken.expiresAt, ...pick(claims, 'iat'), ...beside }
    const expiresAt = Math.min(accessToken.expiresAt, checkLifetime(timed, now() / 1000, rules))
    checkSameConfirmation(beside, claims)
    checkIntrospectedKind({ ...beside, ...pick(claims, 'cnf') })
    return {
      accessToken: expiresAt === accessToken.expiresAt ? accessToken : Object.freeze({ ...accessToken, expiresAt }),
      confirmation: verdict.confirmation,
      stands: () => lasts(timed, rules) && verdict.stands(),
    }
  }
}

/**
 * The sender constraint is taken from the JWT. If the server says another `cnf` beside it, the response contradicts itself and
 * is refused.
 */
function checkSameConfirmation(beside: Claims, claims: Claims): void {
  if (!Object.hasOwn(beside, 'cnf') || isSameConfirmation(claimOf(beside, 'cnf'), claimOf(claims, 'cnf'))) return
  throw new AccessTokenError('confirmation_invalid', { detail: 'the response has a cnf that is not that of the JWT in it' })
}

function pick(claims: Claims, name: string): Claims {
  return Object.hasOwn(claims, name) ? { [name]: claims[name] } : {}
}
