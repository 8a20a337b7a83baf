import { type AccessTokenVerifier, isThenable, type TokenPresentation, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { RevocationCheck } from './revocation-check.js'
import { schemeUnsupported } from './sender/scheme-unsupported.js'
import type { SenderCheck } from './sender/sender-check.js'
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

/** The one way from a token in a request to a token that is accepted, for every verifier of this package. */
export function createVerify({
  verdicts,
  checkRevocation,
  sender,
}: PresentedTokenChecks): Required<Pick<AccessTokenVerifier, 'verify' | 'recall'>> {
  // Whoever may have to be waited for must not be asked twice, by `recall` and then by `verify`.
  const isRecallable = checkRevocation === undefined && sender.support?.required !== true

  return {
    verify(token, presentation) {
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
    },
    recall(token, presentation) {
      if (!isRecallable || !isBearer(presentation)) return undefined
      const verdict = verdicts.recall(token)
      return verdict?.confirmation === undefined ? verdict?.accessToken : undefined
    },
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
    return (await verdict.stands()) === true ? verdict.accessToken : (await verdicts.examine(token)).accessToken
  }
}

function isBearer(presentation: TokenPresentation | undefined): boolean {
  return presentation === undefined || presentation.scheme === 'Bearer'
}
