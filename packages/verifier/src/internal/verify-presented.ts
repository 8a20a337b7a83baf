import { type AccessTokenVerifier, isThenable, type TokenPresentation, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import { claimOf } from './checks/claims.js'
import type { RevocationCheck } from './revocation-check.js'
import { isSameConfirmation } from './sender/same-confirmation.js'
import { schemeUnsupported } from './sender/scheme-unsupported.js'
import type { SenderCheck } from './sender/sender-check.js'
import { setStandingCheck } from './standing.js'
import type { Verdict, VerdictCache } from './verdict-cache.js'

/** What there is to check of a token that is presented, in this order. */
export interface PresentedTokenChecks {
  /** The token itself. */
  readonly verdicts: Pick<VerdictCache, 'examine' | 'recall'>
  /** Whether it was revoked: asked each time. */
  readonly checkRevocation: RevocationCheck | undefined
  /** Who presents it: asked each time. */
  readonly sender: SenderCheck
}

type Answer<T> = T | Promise<T>

/** How often a token is examined anew that does not stand any longer each time that revocation has answered. */
const maxRounds = 3

/** The one way from a token in a request to a token that is accepted, for every verifier of this package. */
export function createVerify({
  verdicts,
  checkRevocation,
  sender,
}: PresentedTokenChecks): Required<Pick<AccessTokenVerifier, 'verify' | 'recall'>> {
  // Whoever may have to be waited for must not be asked twice, by `recall` and then by `verify`.
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

  /** While it was waited, the time of the token may have run out, and its key may have left. */
  async function confirm(token: string, verdict: Verdict): Promise<VerifiedAccessToken> {
    if ((await verdict.stands()) === true) return verdict.accessToken
    return acceptAnew(token, await verdicts.examine(token), verdict.confirmation)
  }

  async function checkStanding(token: string, given: VerifiedAccessToken): Promise<void> {
    const verdict = await verdicts.examine(token)
    if (verdict.accessToken !== given) await acceptAnew(token, verdict, claimOf(given.claims, 'cnf'))
  }

  /**
   * What was found anew is a token that nobody has seen: an issuer that was asked again may say something else. Its sender cannot be
   * checked again, since the proof is used up: it must be the one that was checked.
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
