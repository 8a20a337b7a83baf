import type { AccessTokenVerifier, TokenPresentation, VerifiedAccessToken } from './access-token.js'
import { isThenable } from './thenable.js'

/**
 * What a verifier has at hand on a token: see `AccessTokenVerifier.recall`. It never throws: what goes wrong counts as nothing at hand.
 *
 * Only a `recall` of the verifier's own counts, and not one that it inherits: a wrapper with another `verify` must not be gone around.
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

/** Whether a value has the shape of a verified token: a verifier may be an application's own, and not checked by a compiler. */
export function isVerifiedAccessToken(value: unknown): value is VerifiedAccessToken {
  if (typeof value !== 'object' || value === null) return false
  const { issuer, expiresAt, claims } = value as Partial<Record<keyof VerifiedAccessToken, unknown>>
  return typeof issuer === 'string' && Number.isFinite(expiresAt) && typeof claims === 'object' && claims !== null && !Array.isArray(claims)
}

function ignore(): void {}
