import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { AccessTokenError } from '../access-token-error.js'
import type { RevocationCheck } from './revocation-check.js'
import type { SenderCheck } from './sender/sender-check.js'
import type { Examine } from './verdict-cache.js'

/** What there is to check of a token that is presented, in this order. */
export interface PresentedTokenChecks {
  /** The token itself; a kept verdict will do. */
  readonly examine: Examine
  /** Whether it was revoked: asked each time. */
  readonly checkRevocation: RevocationCheck | undefined
  /** Who presents it: asked each time. */
  readonly sender: SenderCheck
}

/**
 * The one way from a token in a request to a token that is accepted, for every verifier of this package.
 *
 * It waits only where there is something to wait for: with a kept verdict of a plain bearer token there is not.
 */
export function createVerify({ examine, checkRevocation, sender }: PresentedTokenChecks): AccessTokenVerifier['verify'] {
  return async (token, presentation) => {
    const isBearer = presentation === undefined || presentation.scheme === 'Bearer'
    if (!isBearer && sender.support?.dpop === undefined) throw new AccessTokenError('scheme_unsupported')
    const examined = examine(token)
    const { accessToken } = examined instanceof Promise ? await examined : examined
    const unrevoked = checkRevocation?.(accessToken)
    if (unrevoked !== undefined) await unrevoked
    const checked = sender.check(token, accessToken.claims, presentation)
    if (checked !== undefined) await checked
    return accessToken
  }
}
