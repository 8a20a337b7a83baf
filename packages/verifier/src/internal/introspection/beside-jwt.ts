import { AccessTokenError } from '../../access-token-error.js'
import { checkAudience } from '../checks/audience.js'
import { type Claims, claimOf } from '../checks/claims.js'
import { checkIssuer } from '../checks/issuer.js'
import { checkLifetime } from '../checks/lifetime.js'
import { isSameConfirmation } from '../sender/same-confirmation.js'
import type { Verdict } from '../verdict-cache.js'
import { type ClaimsRules, lasts } from './claims-examiner.js'
import { checkIntrospectedKind } from './introspected-kind.js'

/** What decides on a token, wherever the server says it. */
const names = ['iss', 'aud', 'exp', 'nbf', 'iat', 'cnf', 'token_type', 'token_use', 'typ', 'purpose', 'events']

/** What a JSON response says beside the JWT that it holds, as far as it can speak against the token. */
export function readBeside(members: Claims): Claims {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]))
}

/**
 * Holds what the server says beside the JWT to the checks of an introspection response: that the JWT passes does not do away with it.
 * Nothing need be there; of what is there, nothing makes up for the JWT or gets into its claims. The token ends with the earlier `exp`.
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
 * Who may present the token is taken from the JWT. A server that binds it, and signs a JWT that is not bound or is bound to another, must
 * not be taken at half its word.
 */
function checkSameConfirmation(beside: Claims, claims: Claims): void {
  if (!Object.hasOwn(beside, 'cnf') || isSameConfirmation(claimOf(beside, 'cnf'), claimOf(claims, 'cnf'))) return
  throw new AccessTokenError('confirmation_invalid', { detail: 'the response has a cnf that is not that of the JWT in it' })
}

function pick(claims: Claims, name: string): Claims {
  return Object.hasOwn(claims, name) ? { [name]: claims[name] } : {}
}
