import { type AccessTokenVerifier, isThenable, type TokenPresentation } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { RevocationCheck } from './revocation-check.js'
import type { SenderCheck } from './sender/sender-check.js'
import type { VerdictCache } from './verdict-cache.js'

/** What there is to check of a token that is presented, in this order. */
export interface PresentedTokenChecks {
  /** The token itself. */
  readonly verdicts: Pick<VerdictCache, 'examine' | 'recall'>
  /** Whether it was revoked: asked each time. */
  readonly checkRevocation: RevocationCheck | undefined
  /** Who presents it: asked each time. */
  readonly sender: SenderCheck
}

/** The one way from a token in a request to a token that is accepted, for every verifier of this package. */
export function createVerify({
  verdicts,
  checkRevocation,
  sender,
}: PresentedTokenChecks): Required<Pick<AccessTokenVerifier, 'verify' | 'recall'>> {
  // Whoever may have to be waited for must not be asked twice, by `recall` and then by `verify`.
  const isRecallable = checkRevocation === undefined && sender.support?.required !== true

  return {
    async verify(token, presentation) {
      if (!isBearer(presentation) && sender.support?.dpop === undefined) throw new AccessTokenError('scheme_unsupported')
      const examined = verdicts.examine(token)
      const verdict = isThenable(examined) ? await examined : examined
      const { accessToken } = verdict
      const unrevoked = checkRevocation?.(accessToken)
      if (unrevoked !== undefined) await unrevoked
      const checked = sender.check(token, accessToken.claims, presentation)
      if (checked !== undefined) await checked
      const hasWaited = unrevoked !== undefined || checked !== undefined
      // The time of the token may have run out meanwhile, and its key may have left.
      return hasWaited && (await verdict.stands()) !== true ? (await verdicts.examine(token)).accessToken : accessToken
    },
    recall(token, presentation) {
      if (!isRecallable || !isBearer(presentation)) return undefined
      const accessToken = verdicts.recall(token)?.accessToken
      return accessToken === undefined || Object.hasOwn(accessToken.claims, 'cnf') ? undefined : accessToken
    },
  }
}

function isBearer(presentation: TokenPresentation | undefined): boolean {
  return presentation === undefined || presentation.scheme === 'Bearer'
}
