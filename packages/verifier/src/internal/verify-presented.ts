import { type AccessTokenVerifier, isThenable, type TokenPresentation, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import { claimOf } from './checks/claims.js'
import type { RevocationCheck } from './revocation-check.js'
import { isSameConfirmation } from './sender/same-confirmation.js'
import { schemeUnsupported } from './sender/scheme-unsupported.js'
import type { SenderCheck } from './sender/sender-check.js'
import { setStandingCheck } from './standing.js'
import type { Verdict, VerdictCache } from './verdict-cache.js'

/** The checks of a presented token, in this order. */
export interface PresentedTokenChecks {
  /** Checks the token itself. */
  readonly verdicts: Pick<VerdictCache, 'examine' | 'recall'>
  /** Checks revocation, each time. */
  readonly checkRevocation: RevocationCheck | undefined
  /** Checks the sender, each time. */
  readonly sender: SenderCheck
}

type Answer<T> = T | Promise<T>

/** How often a token is verified again because its verdict was no longer valid after the revocation check. */
const maxRounds = 3

/** Verifies a presented token, for every verifier of this package. */
export function createVerify({
  verdicts,
  checkRevocation,
  sender,
}: PresentedTokenChecks): Required<Pick<AccessTokenVerifier, 'verify' | 'recall'>> {
  // What may return a promise must not be called twice, by `recall` and then by `verify`.
  const isRecallable = checkRevocation === undefined && sender.support?.required !== true

  setStandingCheck(verify, checkStanding)
  return { verify, recall }

  function verify(token: string, presentation?: TokenPresentation): Promise<VerifiedAccessToken> {
    try {
      if (!isBearer(presentation) && sender.support?.dpop === undefined) throw schemeUnsupported()
      const verdict = verdicts.examine(token)
      const accepted = isThenable(verdict)
        ? verdict.then((ready) => accept(token, ready, presentation))
        : accept(token, verdict, presentation)
      return Promise.resolve(accepted)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  function recall(token: string, presentation?: TokenPresentation): VerifiedAccessToken | undefined {
    if (!isRecallable || !isBearer(presentation)) return undefined
    const verdict = verdicts.recall(token)
    return verdict?.confirmation === undefined ? verdict?.accessToken : undefined
  }

  function accept(token: string, verdict: Verdict, presentation: TokenPresentation | undefined): Answer<VerifiedAccessToken> {
    const checked = check(token, verdict, presentation)
    return checked === undefined ? verdict.accessToken : checked.then(() => confirm(token, verdict))
  }

  function check(token: string, { accessToken, confirmation }: Verdict, presentation: TokenPresentation | undefined): Answer<void> {
    const unrevoked = checkRevocation?.(accessToken)
    if (unrevoked !== undefined) return unrevoked.then(() => sender.check(token, confirmation, presentation))
    return sender.check(token, confirmation, presentation)
  }

  /** While the revocation check was pending, the token may have expired, or its key been withdrawn. */
  async function confirm(token: string, verdict: Verdict): Promise<VerifiedAccessToken> {
    if ((await verdict.stands()) === true) return verdict.accessToken
    return acceptAnew(token, await verdicts.examine(token), verdict.confirmation)
  }

  async function checkStanding(token: string, given: VerifiedAccessToken): Promise<void> {
    const verdict = await verdicts.examine(token)
    if (verdict.accessToken !== given) await acceptAnew(token, verdict, claimOf(given.claims, 'cnf'))
  }

  /**
   * The new verdict is on a token that has not been checked for revocation: introspection may return other claims now. The
   * sender cannot be checked again, because its proof has been used up; the `cnf` must be the one that was checked.
   */
  async function acceptAnew(token: string, found: Verdict, checkedConfirmation: unknown): Promise<VerifiedAccessToken> {
    let verdict = found
    for (let round = 1; ; round += 1) {
      checkSameSender(verdict, checkedConfirmation)
      const unrevoked = checkRevocation?.(verdict.accessToken)
      if (unrevoked === undefined) return verdict.accessToken
      await unrevoked
      if ((await verdict.stands()) === true) return verdict.accessToken
      if (round >= maxRounds) throw revocationTooSlow()
      verdict = await verdicts.examine(token)
    }
  }
}

function checkSameSender({ confirmation }: Verdict, checked: unknown): void {
  if (isSameConfirmation(confirmation, checked)) return
  throw new AccessTokenError('confirmation_unchecked', { detail: 'its cnf was another when the sender was checked' })
}

function revocationTooSlow(): AccessTokenError {
  const detail = 'what is known of the token no longer stands when isRevoked has answered, each time'
  return new AccessTokenError('revocation_unavailable', { detail, retryAfterSeconds: 1 })
}

function isBearer(presentation: TokenPresentation | undefined): boolean {
  return presentation === undefined || presentation.scheme === 'Bearer'
}
