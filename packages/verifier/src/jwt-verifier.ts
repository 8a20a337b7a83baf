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
   * Resolves with a token that passed every check, frozen in depth.
   *
   * @throws {AccessTokenError} with any of its codes; nothing that a token holds makes it throw anything else
   */
  verify: AccessTokenVerifier['verify']
  recall: NonNullable<AccessTokenVerifier['recall']>
  readonly issuers: readonly [string]
  /**
   * Forgets the verdicts on some tokens, at once: the next request with one of them has it verified from scratch, and its claims
   * read anew. It does *not* revoke: a good JWT is found good again, unless `revocation` says otherwise.
   *
   * `{ token }` is that text and no other: an ECDSA signature (r, s) has a twin (r, n − s) that is as good, which whoever holds the token
   * can make and which is kept by itself. Evict by `jti` or `sub` to have both forgotten.
   *
   * @throws {ConfigurationError} unless there is just one of the members, with a string that is not empty; `issuer` may stand beside
   *   `jti`, `sub` and `sid`
   */
  evict(selector: TokenSelector): void
}

/**
 * A verifier for the JWT access tokens of one issuer. Each token goes through the checks of RFC 9068 §4 and RFC 8725 §3 in this
 * order: size and form, `alg`, `crit`, `typ`, key, signature; then the types of the claims, `iss`, `aud`, `exp` / `nbf` / `iat`,
 * the kind of token, required claims; then revocation, and the sender (`cnf`). Members of the header that carry or point to a key
 * (`jwk`, `jku`, `x5u`, `x5c`) are ignored.
 *
 * What came of a token is kept (see `cache`) and confirmed on every use: its time, its key, revocation and the sender are looked at
 * each time, and the same object is given for as long as the verdict stands.
 *
 * What is *not* checked: scopes and other claims (`guard` does), and, unless `revocation` is set, whether the token was revoked. A
 * token with a `cnf` that `senderConstraint` does not cover is refused. Of duplicate members in the JSON the last one counts
 * (RFC 7519 §4). Encrypted tokens are not supported.
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
