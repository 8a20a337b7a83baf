import type { AccessTokenVerifier, TokenPresentation, VerifiedAccessToken } from './access-token.js'
import { isThenable } from './thenable.js'

/**
 * Calls `AccessTokenVerifier.recall`, if the verifier has one. It never throws: a `recall` that throws, or returns anything but a
 * verified token, counts as `undefined`.
 *
 * Only an own member is called, never an inherited one: an object that inherits from a verifier and overrides `verify` must not be
 * bypassed.
 */
export function recallVerdict(
  verifier: AccessTokenVerifier,
  token: string,
  presentation?: TokenPresentation,
): VerifiedAccessToken | undefined {
  if (!Object.hasOwn(verifier, 'recall')) return undefined
  try {
    const recalled: unknown = verifier.recall?.(token, presentation)
    if (isVerifiedAccessToken(recalled)) return recalled
    if (isThenable(recalled)) (recalled as PromiseLike<unknown>).then(undefined, ignore)
    return undefined
  } catch {
    return undefined
  }
}

/** Whether a value has the shape of a verified token. Needed because a verifier may be the application's own, in plain JavaScript. */
export function isVerifiedAccessToken(value: unknown): value is VerifiedAccessToken {
  if (typeof value !== 'object' || value === null) return false
  const { issuer, expiresAt, claims } = value as Partial<Record<keyof VerifiedAccessToken, unknown>>
  return typeof issuer === 'string' && Number.isFinite(expiresAt) && typeof claims === 'object' && claims !== null && !Array.isArray(claims)
}

function ignore(): void {}
