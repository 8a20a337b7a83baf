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
   * Resolves with what the one verifier gave that the token is for: the same object for as long as that one gives the same.
   *
   * @throws {AccessTokenError} and whatever else the two verifiers reject with
   */
  verify: AccessTokenVerifier['verify']
  /** The issuers of both, those of `jwt` first, each once; absent when neither tells. */
  readonly issuers?: readonly string[]
  /** Has both forget, if they can. It resolves when both have; what is kept in memory is gone at once. */
  evict(selector: TokenSelector): Promise<void>
}

/**
 * A verifier for an API that meets JWTs and opaque tokens: the form of a token, and nothing else, says who verifies it.
 *
 * - A token is a JWT if what stands before its first dot is, in base64url, a JSON object with an `alg`: a JOSE header. It goes to
 *   `jwt`, also if the rest of it is malformed.
 * - A token with such a header that is encrypted for somebody else (five parts, and an `enc` in the header: a JWE) is opaque to this
 *   API. It goes to `introspection`, and so does everything else.
 *
 * What `jwt` refuses is refused. It never goes to `introspection` instead: whatever the rules for JWTs keep out (a signature that does
 * not match, another kind of JWT, another audience, an algorithm, a key that was withdrawn, a local revocation) would be up to how
 * strict the server happens to be; and the tokens of issuers that are not trusted here, which may be good elsewhere, would be sent to
 * a server that they are not meant for. So JWTs of an issuer that `jwt` does not know are not accepted; to have the server asked
 * about all tokens, use `createIntrospectionVerifier` alone.
 *
 * With `confirm`, a JWT that passed can be required to be active by introspection as well: `introspection.confirm` must resolve, with
 * the same `issuer`, and with the same `iss` and `sub` if it tells these. The verdict is the local one, which is looked at once more
 * then, since a server may take its time: a token that has expired meanwhile, whose key has left or whose issuer is no longer trusted
 * is refused. That is so for a `verify` that this package made; of any other one, `expiresAt` is held against the clock (`now`), and
 * nothing else. A JWT of an issuer that is not among `introspection.issuers` is not sent there: it cannot be confirmed
 * (`introspection_unavailable`).
 *
 * `senderConstraint` is what holds for both, so that challenges promise nothing that one of them refuses: `required` and `mtls` if
 * both say so, the proof algorithms that both take. DPoP is for both or for neither. If both demand nonces, give them the same
 * `nonce` options: a client is told the nonces of `jwt`. Simplest is the same `senderConstraint` for both.
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
  const { jwt, introspection, confirm, now = Date.now } = resolveHybridVerifierOptions(options)
  const confirmation = confirm && createConfirmation({ introspection, isWanted: confirm, checkStanding })
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
      await Promise.all([jwt, introspection].map(async (verifier) => verifier.evict?.(selector)))
    },
    senderConstraint: mergeSenderConstraints(jwt.senderConstraint, introspection.senderConstraint),
    ...(names.length > 0 && { issuers: Object.freeze([...new Set(names)]) }),
  }
  setStandingCheck(hybrid.verify, checkStanding)
  return withRecall(hybrid, (token, presentation) => {
    const verified = confirmation === undefined ? recallVerdict(jwt, token, presentation) : undefined
    return verified ?? (isJwt(token) ? undefined : recallVerdict(introspection, token, presentation))
  })

  /** Of a verifier that cannot be asked, no more is known than what it gave. */
  async function checkStanding(token: string, given: VerifiedAccessToken): Promise<void> {
    const check = standingCheckOf((isJwt(token) ? jwt : introspection).verify)
    if (check !== undefined) return check(token, given)
    // The right way round for a clock, or an end, that is no number.
    if (now() < given.expiresAt * 1000) return undefined
    throw new AccessTokenError('token_expired', { detail: 'while it was confirmed' })
  }
}
