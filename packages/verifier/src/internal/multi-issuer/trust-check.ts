import { isThenable } from '@bailiwick/protocol'
import type { IssuerResolver } from '../../multi-issuer-verifier-options.js'
import { issuerUnavailable, issuerUnknown } from './issuer-errors.js'

/** Longer than any issuer; what is longer is not shown to the predicate, which may be a pattern that takes its time. */
const maxIssuerLength = 2048

/**
 * Asks the application whether an issuer is trusted. An answer that is neither yes nor no counts as none: a promise, for one, would be
 * taken for a yes.
 *
 * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`, from what it returns
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

/** It is said above what came instead of an answer. */
function ignore(): void {}
