import { isThenable } from '@bailiwick/protocol'
import type { IssuerResolver } from '../../multi-issuer-verifier-options.js'
import { issuerUnavailable, issuerUnknown } from './issuer-errors.js'

/** Longer than any issuer. A longer one is not passed to the predicate, which may be a slow pattern. */
const maxIssuerLength = 2048

/**
 * Calls the application's predicate. Anything but a boolean is `issuer_unavailable`: a promise, for example, must not count as
 * a yes.
 *
 * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`, from the returned function
 */
export function createTrustCheck(isTrusted: IssuerResolver['isTrusted']): (issuer: string) => void {
  return (issuer) => {
    if (issuer.length > maxIssuerLength) throw issuerUnknown(issuer, `which is longer than ${maxIssuerLength} characters`)
    const answer = answerOf(isTrusted, issuer)
    if (answer === true) return
    if (answer === false) throw issuerUnknown(issuer, 'which isTrusted does not take')
    if (isThenable(answer)) (answer as PromiseLike<unknown>).then(undefined, ignore)
    throw issuerUnavailable(issuer, 'isTrusted gave neither true nor false')
  }
}

function answerOf(isTrusted: (issuer: string) => unknown, issuer: string): unknown {
  try {
    return isTrusted(issuer)
  } catch (cause) {
    throw issuerUnavailable(issuer, 'isTrusted failed', cause)
  }
}

/** The caller reports what was returned instead of a boolean. */
function ignore(): void {}
