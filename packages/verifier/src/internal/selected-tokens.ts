import { ConfigurationError, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from '../token-selector.js'
import { claimOf } from './checks/claims.js'

/** The claims that a selector may name. */
export const selectingClaims = ['jti', 'sub', 'sid'] as const

/**
 * Refuses an empty or ambiguous selector: silently ignored, it would leave cached what was meant to be evicted.
 *
 * @throws {ConfigurationError}
 */
export function checkSelector(selector: TokenSelector): void {
  const given = isObject(selector) ? (['token', ...selectingClaims] as const).filter((name) => Object.hasOwn(selector, name)) : []
  const [name] = given
  if (name === undefined || given.length > 1 || !isText(selector[name])) {
    throw new ConfigurationError('evict needs just one of token, jti, sub and sid, a string that is not empty')
  }
  if (selector.issuer === undefined || (isText(selector.issuer) && name !== 'token')) return
  throw new ConfigurationError('evict takes an issuer beside jti, sub or sid, a string that is not empty')
}

/** Selectors come from the application, unchecked. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

/** Whether a selector matches a token by its claims. */
export function isSelected({ issuer, claims }: Pick<VerifiedAccessToken, 'issuer' | 'claims'>, selector: TokenSelector): boolean {
  if (selector.issuer !== undefined && selector.issuer !== issuer) return false
  return selectingClaims.some((name) => selector[name] !== undefined && claimOf(claims, name) === selector[name])
}
