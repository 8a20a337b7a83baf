import { isDPoPNonceError } from 'oauth4webapi'
import type { Connection } from './connection.js'
import { asClientError } from './failure.js'
import { noDifferenceMs, type ServerClock } from './server-clock.js'

/**
 * Asks the server, once more with the nonce that it wants (RFC 9449 §8), and once more with the right time where an assertion or a proof was
 * dated by a clock that turns out to be wrong: each at most once, and for no other error.
 *
 * @param hasProof whether the request carries a proof, and so can carry a nonce
 * @throws what `ask` throws at last
 */
export async function askAgain<Answer>(
  { clock }: Pick<Connection<unknown>, 'clock'>,
  hasProof: boolean,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  return askFor(ask, [...(hasProof ? [isDPoPNonceError] : []), wasMistimed(clock)])
}

async function askFor<Answer>(ask: () => Promise<Answer>, reasons: readonly ((error: unknown) => boolean)[]): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    const reason = reasons.find((each) => each(error))
    if (reason === undefined) throw error
    return askFor(
      ask,
      reasons.filter((each) => each !== reason),
    )
  }
}

/** Whether the server may have found an assertion or a proof too old or too new, and has told the time only now. */
function wasMistimed(clock: ServerClock): (error: unknown) => boolean {
  const before = clock.aheadMs()
  return (error) => {
    if (Math.abs(clock.aheadMs() - before) < noDifferenceMs) return false
    const code = asClientError(error).oauthError?.error
    return code === 'invalid_client' || code === 'invalid_dpop_proof'
  }
}
