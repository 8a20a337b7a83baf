import { isJsonObject, isThenable, isVerificationError, type TokenPresentation, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { ConfirmingVerifier, HybridVerifierOptions } from '../../hybrid-verifier-options.js'
import { claimOf } from '../checks/claims.js'
import { introspectionUnavailable } from '../introspection/introspection-unavailable.js'
import { quote } from '../quote.js'
import type { CheckStanding } from '../standing.js'

/**
 * Has a token confirmed that was verified locally, if it is one of those that are to be.
 *
 * @throws {AccessTokenError} `issuer_mismatch`, `claim_invalid`, `introspection_unavailable`, or rejects as the introspection does, and
 *   as the local verification does if what it found no longer stands
 */
export type Confirmation = (token: string, local: VerifiedAccessToken, presentation: TokenPresentation | undefined) => Promise<void>

export interface ConfirmationInput {
  readonly introspection: ConfirmingVerifier
  readonly isWanted: NonNullable<HybridVerifierOptions['confirm']>
  /** Looks at the local verdict again: the issuer may have taken longer to answer than the token lasts. */
  readonly checkStanding: CheckStanding
}

/** A question that cannot be asked, or is not answered, leaves it undecided whether the token is active; it is never a yes. */
export function createConfirmation({ introspection, isWanted, checkStanding }: ConfirmationInput): Confirmation {
  return async (token, local, presentation) => {
    if (!askPredicate(isWanted, local, presentation)) return
    checkCompetence(introspection.issuers, local.issuer)
    checkAgreement(local, await ask(introspection, token))
    await checkStanding(token, local)
  }
}

/** A promise, for one, would be taken for a yes or for a no. */
function askPredicate(
  isWanted: (local: VerifiedAccessToken, presentation: TokenPresentation | undefined) => unknown,
  local: VerifiedAccessToken,
  presentation: TokenPresentation | undefined,
): boolean {
  let answer: unknown
  try {
    answer = isWanted(local, presentation)
  } catch (cause) {
    throw introspectionUnavailable('confirm failed', { cause })
  }
  if (typeof answer === 'boolean') return answer
  if (isThenable(answer)) (answer as PromiseLike<unknown>).then(undefined, ignore)
  throw introspectionUnavailable('confirm gave neither true nor false')
}

/** A token is not sent to a server that it is not from. */
function checkCompetence(issuers: readonly string[] | undefined, issuer: string): void {
  if (issuers === undefined || issuers.includes(issuer)) return
  throw introspectionUnavailable(`the introspection is not that of the issuer ${quote(issuer)}`)
}

async function ask(introspection: ConfirmingVerifier, token: string): Promise<VerifiedAccessToken> {
  let confirmed: VerifiedAccessToken | undefined
  try {
    confirmed = await introspection.confirm(token)
  } catch (cause) {
    throw isVerificationError(cause) ? cause : introspectionUnavailable('the introspection failed', { cause })
  }
  if (isJsonObject(confirmed) && isJsonObject(confirmed.claims)) return confirmed
  throw introspectionUnavailable('the introspection gave no token')
}

/** The server must speak of the same token: one that it takes for another must not be found good for that. */
function checkAgreement(local: VerifiedAccessToken, confirmed: VerifiedAccessToken): void {
  if (confirmed.issuer !== local.issuer) {
    const detail = `it is active as one of ${quote(confirmed.issuer)}, and was verified as one of ${quote(local.issuer)}`
    throw new AccessTokenError('issuer_mismatch', { detail })
  }
  if (differs('iss', local, confirmed)) {
    throw new AccessTokenError('issuer_mismatch', { detail: 'the introspection names another iss than the token' })
  }
  if (differs('sub', local, confirmed)) {
    throw new AccessTokenError('claim_invalid', { detail: 'the introspection names another sub than the token' })
  }
}

/** What the server does not tell does not differ; what it tells and the token does not have, does. */
function differs(name: string, local: VerifiedAccessToken, confirmed: VerifiedAccessToken): boolean {
  return Object.hasOwn(confirmed.claims, name) && claimOf(confirmed.claims, name) !== claimOf(local.claims, name)
}

/** It is said above what came instead of an answer. */
function ignore(): void {}
