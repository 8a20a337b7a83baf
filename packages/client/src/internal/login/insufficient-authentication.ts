import { getValidatedIdTokenClaims, JWT_TIMESTAMP_CHECK, OperationProcessingError, type TokenEndpointResponse } from 'oauth4webapi'
import { ClientError } from '../../client-error.js'
import type { LoginTransaction } from './transaction.js'

const insufficient = new WeakSet<ClientError>()

/** Whether an error means that the ID token is genuine, and says that the user did not authenticate as was asked for. */
export function isInsufficientAuthentication(error: ClientError): boolean {
  return insufficient.has(error)
}

function insufficientAuthentication(message: string): ClientError {
  const error = new ClientError('response_invalid', message)
  insufficient.add(error)
  return error
}

/** What oauth4webapi says of an `auth_time` that is too long ago; anything else as it is. */
export function asInsufficientAuthentication(error: unknown): unknown {
  const isTooOld = error instanceof OperationProcessingError && error.code === JWT_TIMESTAMP_CHECK
  const { claim } = (isTooOld ? error.cause : {}) as { claim?: unknown }
  return claim === 'auth_time' ? insufficientAuthentication('The user authenticated longer ago than maxAgeSeconds.') : error
}

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7} point 12 */
export function requireAcr(answer: TokenEndpointResponse, { requiredAcr }: LoginTransaction): void {
  if (requiredAcr === undefined) return
  const acr = getValidatedIdTokenClaims(answer)?.acr
  if (typeof acr === 'string' && requiredAcr.includes(acr)) return
  throw insufficientAuthentication('The acr of the ID token is none of those that were required.')
}
