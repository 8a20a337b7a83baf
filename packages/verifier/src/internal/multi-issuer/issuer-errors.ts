import { AccessTokenError } from '../../access-token-error.js'
import { quote } from '../quote.js'

/** The answer is no: nobody knows the issuer, or it is not trusted. `reason` goes on from its name. */
export function issuerUnknown(issuer: string, reason: string): AccessTokenError {
  return new AccessTokenError('issuer_unknown', { detail: `its iss is ${quote(issuer)}, ${reason}` })
}

/** There is no answer, or none that can be worked with. */
export function issuerUnavailable(issuer: string, reason: string, cause?: unknown): AccessTokenError {
  return new AccessTokenError('issuer_unavailable', { detail: `${reason} (${quote(issuer)})`, cause, retryAfterSeconds: 1 })
}

/** There is no answer for some time, and whoever comes now is not waited with. */
export function tooManyWaiting(): AccessTokenError {
  return new AccessTokenError('issuer_unavailable', { detail: 'too many tokens are waiting for resolve', retryAfterSeconds: 1 })
}
