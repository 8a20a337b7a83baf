import { isJsonObject, isThenable, isVerificationError, type TokenPresentation, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../../access-token-error.js'
import type { ConfirmingVerifier, HybridVerifierOptions } from '../../hybrid-verifier-options.js'
import { claimOf } from '../checks/claims.js'
import { introspectionUnavailable } from '../introspection/introspection-unavailable.js'
import { quote } from '../quote.js'
import type { CheckStanding } from '../standing.js'

/**
 * Confirms a locally verified token by introspection, if required.
 *
 * @throws {AccessTokenError} `issuer_mismatch`, `claim_invalid`, `introspection_unavailable`; or rejects as the introspection
 *   does, or as the local verification does if its verdict is no longer valid
 */
export type Confirmation = (token: string, local: VerifiedAccessToken, presentation: TokenPresentation | undefined) => Promise<void>

export interface ConfirmationInput {
  readonly introspection: ConfirmingVerifier
  readonly isWanted: NonNullable<HybridVerifierOptions['confirm']>
  /** Checks the local verdict again: the token may have expired before the issuer answered. */
  readonly checkStanding: CheckStanding
}

/** If the issuer cannot be asked, or does not answer, it is undecided whether the token is active. It is never accepted. */
export function createConfirmation({ introspection, isWanted, checkStanding }: ConfirmationInput): Confirmation {
  return async (token, local, presentation) => {
    if (!askPredicate(isWanted, local, presentation)) return
    checkCompetence(introspection.issuers, local.issuer)
    checkAgreement(local, await ask(introspection, token))
    await checkStanding(token, local)
  }
}

/** A promise, for example, must not count as a yes or a no. */
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

/** A token is not sent to a server that did not issue it. */
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

/** The server must describe the same token. A valid answer about another token does not count. */
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

/** What the server leaves out does not differ. What the server returns, and the token does not have, differs. */
function differs(name: string, local: VerifiedAccessToken, confirmed: VerifiedAccessToken): boolean {
  return Object.hasOwn(confirmed.claims, name) && claimOf(confirmed.claims, name) !== claimOf(local.claims, name)
}

/** The caller reports what was returned instead of a boolean. */
function ignore(): void {}
