import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { createJwtExaminer } from './internal/jwt-examiner.js'
import { resolveJwtVerifierOptions } from './internal/jwt-verifier-settings.js'
import { createRevocationCheck } from './internal/revocation-check.js'
import { createSenderCheck } from './internal/sender/sender-check.js'
import { createVerdictCache } from './internal/verdict-cache.js'
import { createVerify } from './internal/verify-presented.js'
import { withRecall } from './internal/with-recall.js'
import type { JwtVerifierOptions } from './jwt-verifier-options.js'
import type { TokenSelector } from './token-selector.js'

/** Verifies the JWT access tokens of one issuer; see `createJwtVerifier`. */
export interface JwtVerifier extends AccessTokenVerifier {
  /**
   * Resolves with a token that passed every check, deeply frozen.
   *
   * @throws {AccessTokenError} with any of its codes; the content of a token never causes any other error
   */
  verify: AccessTokenVerifier['verify']
  recall: NonNullable<AccessTokenVerifier['recall']>
  readonly issuers: readonly [string]
  /**
   * Evicts cached verdicts, immediately: the next request with such a token verifies it from scratch. It does *not* revoke: a
   * valid JWT is accepted again, unless `revocation` says otherwise.
   *
   * `{ token }` matches that text only. An ECDSA signature (r, s) has an equally valid twin (r, n − s), which any holder of the
   * token can make and which is cached separately. Evict by `jti` or `sub` to evict both.
   *
   * @throws {ConfigurationError} unless exactly one member is given, as a string that is not empty; `issuer` may be added to
   *   `jti`, `sub` and `sid`
   */
  evict(selector: TokenSelector): void
}

/**
 * A verifier for the JWT access tokens of one issuer. It makes the checks of RFC 9068 §4 and RFC 8725 §3, in this order:
 *
 * - size and form, `alg`, `crit`, `typ`, key, signature
 * - the types of the claims, `iss`, `aud`, `exp` / `nbf` / `iat`, the kind of token, required claims
 * - revocation, and the sender (`cnf`)
 *
 * Header members that carry or point to a key (`jwk`, `jku`, `x5u`, `x5c`) are ignored.
 *
 * Verdicts are cached (see `cache`) and revalidated on every use: expiry, key, revocation and sender are checked each time. The
 * same object is returned for as long as the verdict is valid.
 *
 * What is *not* checked: scopes and other claims (`guard` does that), and, without `revocation`, whether the token was revoked.
 * A token with a `cnf` that `senderConstraint` does not cover is refused. Of duplicate JSON members the last one counts (RFC
 * 7519 §4). Encrypted tokens are not supported.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3 RFC 8725 §3}
 * @example
 * import { createJwtVerifier } from '@bailiwick/verifier'
 *
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: 'orders-api' })
 * const { claims } = await verifier.verify('eyJhbGciOiJFUzI1NiIs…')
 */
export function createJwtVerifier(options: JwtVerifierOptions): JwtVerifier {
  const rules = resolveJwtVerifierOptions(options)
  const sender = createSenderCheck(options.senderConstraint, rules)
  const verdicts = createVerdictCache(options.cache, createJwtExaminer(rules))
  const { verify, recall } = createVerify({ verdicts, checkRevocation: createRevocationCheck(options.revocation), sender })

  const issuers = Object.freeze([rules.issuer] as const)
  return withRecall({ verify, evict: verdicts.evict, issuers, senderConstraint: sender.support }, recall)
}
