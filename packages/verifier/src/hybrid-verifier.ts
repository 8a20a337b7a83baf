import { type AccessTokenVerifier, recallVerdict, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import type { HybridVerifierOptions } from './hybrid-verifier-options.js'
import { createConfirmation } from './internal/hybrid/confirmation.js'
import { resolveHybridVerifierOptions } from './internal/hybrid/hybrid-settings.js'
import { isJwt } from './internal/hybrid/jwt-form.js'
import { mergeSenderConstraints } from './internal/hybrid/merged-sender-constraint.js'
import { setStandingCheck, standingCheckOf } from './internal/standing.js'
import { withRecall } from './internal/with-recall.js'
import type { TokenSelector } from './token-selector.js'

/** Verifies JWTs locally and opaque tokens by introspection; see `createHybridVerifier`. */
export interface HybridVerifier extends AccessTokenVerifier {
  /**
   * Resolves with the result of the verifier that the token belongs to: the same object for as long as that verifier returns
   * the same.
   *
   * @throws {AccessTokenError} and whatever else the two verifiers reject with
   */
  verify: AccessTokenVerifier['verify']
  /** The issuers of both verifiers, those of `jwt` first, without duplicates; absent when neither lists any. */
  readonly issuers?: readonly string[]
  /** Evicts from both verifiers, where they support it. What is in memory is evicted immediately; resolves when both are done. */
  evict(selector: TokenSelector): Promise<void>
}

/**
 * A verifier for an API that accepts both JWTs and opaque tokens. The form of a token alone decides which verifier it goes to.
 *
 * - A token is a JWT if the part before its first dot is a base64url-encoded JSON object with an `alg`: a JOSE header. It goes
 *   to `jwt`, even if the rest is malformed.
 * - A JWE (five parts, and `enc` in the header) is encrypted for somebody else and opaque to this API. It goes to
 *   `introspection`, and so does everything else.
 *
 * A JWT that `jwt` refuses is refused; it never goes to `introspection` instead. Otherwise whatever the JWT rules keep out (a
 * bad signature, another kind of JWT, another audience, an algorithm, a withdrawn key, a local revocation) would depend on how
 * strict the server is, and tokens of untrusted issuers, which may be valid elsewhere, would be sent to a server that they are
 * not meant for. So JWTs of an issuer that `jwt` does not know are not accepted. To ask the server about all tokens, use
 * `createIntrospectionVerifier` alone.
 *
 * With `confirm`, a verified JWT can be required to be active by introspection as well:
 *
 * - `introspection.confirm` must resolve with the same `issuer`, and with the same `iss` and `sub` if it returns them.
 * - The local verdict is returned, after it has been checked again: the confirmation may have taken long enough for the token
 *   to expire, its key to be withdrawn or its issuer to lose trust. A `verify` that this package did not make is only checked
 *   for expiry: `expiresAt` is compared with `now`.
 * - A JWT of an issuer that is not among `introspection.issuers` is not sent there: it cannot be confirmed
 *   (`introspection_unavailable`).
 *
 * `senderConstraint` describes what both verifiers support, so that a challenge promises nothing that one of them refuses:
 * `required` and `mtls` if both have it, and the proof algorithms that both accept. DPoP must be on for both or for neither. If
 * both require nonces, give them the same `nonce` options: clients are sent the nonces of `jwt`. Simplest is the same
 * `senderConstraint` for both.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @example
 * import { createHybridVerifier, createIntrospectionVerifier, createJwtVerifier } from '@bailiwick/verifier'
 *
 * const issuer = 'https://login.example.com'
 * const audience = 'orders-api'
 * const client = { clientId: 'orders-api', authentication: { method: 'client_secret_basic', clientSecret: 'from your vault' } } as const
 * const verifier = createHybridVerifier({
 *   jwt: createJwtVerifier({ issuer, audience }),
 *   introspection: createIntrospectionVerifier({ issuer, audience, client }),
 *   confirm: (_, presentation) => presentation?.request.method !== 'GET',
 * })
 */
export function createHybridVerifier(options: HybridVerifierOptions): HybridVerifier {
  const { jwt, introspection, confirming, now = Date.now } = resolveHybridVerifierOptions(options)
  const confirmation = confirming && createConfirmation({ ...confirming, checkStanding })
  const names = [jwt, introspection].flatMap(({ issuers = [] }) => issuers)

  const hybrid = {
    async verify(...[token, presentation]: Parameters<AccessTokenVerifier['verify']>) {
      if (!isJwt(token)) return introspection.verify(token, presentation)
      if (confirmation === undefined) return jwt.verify(token, presentation)
      const accessToken = await jwt.verify(token, presentation)
      await confirmation(token, accessToken, presentation)
      return accessToken
    },
    async evict(selector: TokenSelector) {
      await Promise.all([evictFrom(jwt, selector), evictFrom(introspection, selector)])
    },
    senderConstraint: mergeSenderConstraints(jwt.senderConstraint, introspection.senderConstraint),
    ...(names.length > 0 && { issuers: Object.freeze([...new Set(names)]) }),
  }
  setStandingCheck(hybrid.verify, checkStanding)
  return withRecall(hybrid, (token, presentation) => {
    const verified = confirmation === undefined ? recallVerdict(jwt, token, presentation) : undefined
    return verified ?? (isJwt(token) ? undefined : recallVerdict(introspection, token, presentation))
  })

  /** A verifier that this package did not make is only known by what it returned: its expiry. */
  async function checkStanding(token: string, given: VerifiedAccessToken): Promise<void> {
    const check = standingCheckOf((isJwt(token) ? jwt : introspection).verify)
    if (check !== undefined) return check(token, given)
    // Written so that a clock or an expiry that is not a number counts as expired.
    if (now() < given.expiresAt * 1000) return undefined
    throw new AccessTokenError('token_expired', { detail: 'while it was confirmed' })
  }
}

/** A custom verifier may have nothing to evict. */
async function evictFrom(verifier: HybridVerifierOptions['jwt' | 'introspection'], selector: TokenSelector): Promise<void> {
  if ('evict' in verifier) await verifier.evict?.(selector)
}
