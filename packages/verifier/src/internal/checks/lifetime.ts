import { AccessTokenError } from '../../access-token-error.js'
import { type Claims, issued } from './claims.js'

export interface LifetimeLimits {
  /** How far the issuer's clock may be off. */
  clockToleranceSeconds: number
  /** The maximum age by `iat`; `undefined` for no maximum. */
  maxTokenAgeSeconds: number | undefined
}

/** The end of the year 9999. A larger NumericDate is in milliseconds by mistake. */
const latestNumericDate = 253_402_300_799

/**
 * `exp` must be present and in the future, and `nbf` must not be in the future. With a maximum age, `iat` must be present, not
 * in the future, and recent enough. Without one, an `iat` in the future is accepted: the RFC gives no rule against it.
 *
 * @param nowSeconds seconds since the epoch; a clock that returns NaN accepts nothing
 * @returns `exp`
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 RFC 7519 §4.1.4} to §4.1.6
 */
export function checkLifetime(claims: Claims, nowSeconds: number, limits: LifetimeLimits): number {
  return checkTimes(readTimes(claims), nowSeconds, limits)
}

/** The times in a token, in seconds since the epoch. */
export interface TokenTimes {
  readonly exp: number | undefined
  readonly nbf: number | undefined
  readonly iat: number | undefined
}

/** Reads the times, each of which must be a NumericDate if present. */
export function readTimes(claims: Claims): TokenTimes {
  return {
    exp: numericDate('exp', issued(claims, 'exp', claims.exp)),
    nbf: numericDate('nbf', issued(claims, 'nbf', claims.nbf)),
    iat: numericDate('iat', issued(claims, 'iat', claims.iat)),
  }
}

/** `checkLifetime` for times that were read before, for repeated checks. */
export function checkTimes(
  { exp, nbf, iat }: TokenTimes,
  nowSeconds: number,
  { clockToleranceSeconds, maxTokenAgeSeconds }: LifetimeLimits,
): number {
  if (exp === undefined) throw new AccessTokenError('claim_missing', { detail: 'exp' })
  // Written so that a clock that returns NaN does not keep a token valid.
  if (!(nowSeconds < exp + clockToleranceSeconds)) {
    throw new AccessTokenError('token_expired', { detail: `${Math.floor(nowSeconds - exp)} s ago` })
  }
  if (nbf !== undefined && !(nowSeconds >= nbf - clockToleranceSeconds)) {
    throw new AccessTokenError('token_not_yet_valid', { detail: `nbf is ${Math.ceil(nbf - nowSeconds)} s ahead` })
  }
  if (maxTokenAgeSeconds !== undefined) checkAge(iat, nowSeconds, clockToleranceSeconds, maxTokenAgeSeconds)
  return exp
}

function checkAge(iat: number | undefined, nowSeconds: number, toleranceSeconds: number, maxAgeSeconds: number): void {
  if (iat === undefined) throw new AccessTokenError('claim_missing', { detail: 'iat, which maxTokenAgeSeconds needs' })
  const age = nowSeconds - iat
  if (!(age >= -toleranceSeconds)) throw new AccessTokenError('token_not_yet_valid', { detail: `iat is ${Math.ceil(-age)} s ahead` })
  if (!(age <= maxAgeSeconds + toleranceSeconds)) throw new AccessTokenError('token_too_old', { detail: `issued ${Math.floor(age)} s ago` })
}

function numericDate(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new AccessTokenError('claim_invalid', { detail: `${name} is not a NumericDate` })
  }
  if (value > latestNumericDate) throw new AccessTokenError('claim_invalid', { detail: `${name} is not in seconds` })
  return value
}
