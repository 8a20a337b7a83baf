import { AccessTokenError } from '../../access-token-error.js'
import { quote } from '../quote.js'

/** The issuer is unknown or not trusted. `reason` continues the sentence after its name. */
export function issuerUnknown(issuer: string, reason: string): AccessTokenError {
  return new AccessTokenError('issuer_unknown', { detail: `its iss is ${quote(issuer)}, ${reason}` })
}

/** The lookup failed, or its result is invalid. */
export function issuerUnavailable(issuer: string, reason: string, cause?: unknown): AccessTokenError {
  return new AccessTokenError('issuer_unavailable', { detail: `${reason} (${quote(issuer)})`, cause, retryAfterSeconds: 1 })
}

/** Too many tokens are waiting for a lookup already. */
export function tooManyWaiting(): AccessTokenError {
  return new AccessTokenError('issuer_unavailable', { detail: 'too many tokens are waiting for resolve', retryAfterSeconds: 1 })
}
