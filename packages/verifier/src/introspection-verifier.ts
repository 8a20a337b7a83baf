import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'
import { createConfiguredIntrospector } from './internal/introspection/configured-introspector.js'
import { resolveIntrospectionOptions } from './internal/introspection/introspection-settings.js'
import { createRevocationCheck } from './internal/revocation-check.js'
import { createSenderCheck } from './internal/sender/sender-check.js'
import { createVerify } from './internal/verify-presented.js'
import { withRecall } from './internal/with-recall.js'
import type { IntrospectionVerifierOptions } from './introspection-options.js'
import type { TokenSelector } from './token-selector.js'

/** Verifies access tokens by asking the authorization server; see `createIntrospectionVerifier`. */
export interface IntrospectionVerifier extends AccessTokenVerifier {
  /**
   * Resolves with a token that the server says is active and that passed every check, frozen in depth. The claims are the members of
   * the response but `active`, and but what could be presented (`jwt`, `phantom_token`, and a member whose value is the token itself, be
   * it the `jti`); or those of the phantom token. `expiresAt` is `exp`; where the server does not tell it, it is when the answer ceases
   * to be used, and a minute after the question if the answer is not kept.
   *
   * @throws {AccessTokenError} `invalid_token`: `token_inactive`, or what is wrong with a token that is active, such as
   *   `audience_mismatch`; `unavailable`: `introspection_unavailable` whenever the answer is none, and `keys_unavailable`
   */
  verify: AccessTokenVerifier['verify']
  /** What `verify` would resolve with, from answers in the memory of this process; from a `cache.store`, never anything. */
  recall: NonNullable<AccessTokenVerifier['recall']>
  /**
   * Has the server say *now* that the token is active: for an operation that a token which was revoked a moment ago must not get
   * through. An answer that is kept does not count, unless it is that the token is not active; one that is on its way already does, so
   * that what is said may be as old as a request takes (`timeoutMs`). What is said is kept for `verify`, too.
   *
   * It looks at what the server says as `verify` does, but *not* at who presents the token (`senderConstraint`) and not at
   * `revocation`: it is for a token that was verified before.
   *
   * @throws {AccessTokenError} as `verify`
   */
  confirm(token: string): Promise<VerifiedAccessToken>
  /**
   * Forgets what the server said about some tokens: the next request with one of them asks. It does *not* revoke. `{ token }` is that text
   * alone: of an ECDSA-signed JWT there is a twin (`JwtVerifier.evict`).
   *
   * It counts from the call on, and answers to questions that are under way here are not kept. `{ token }` takes the answer out of the
   * store for all instances that share it, after a write that is under way here. An instance that is asking the server about the token
   * just then may write what it is told, which may be the answer of before: for certainty, tell each instance. Stores cannot be searched: for `jti`, `sub` and
   * `sid` this verifier remembers not to use what it was told before now, so that each instance must be told. It remembers 10,000
   * such marks for `cache.maxTtlMs`, a `jti` being two of them; one more, and it uses nothing at all from before. Clocks of instances may differ by
   * `clockToleranceSeconds`: until that is over, every request with such a token asks, and so it does while the clock of this process is
   * set back.
   *
   * @throws {AccessTokenError} `introspection_unavailable` when the store does not answer: other instances may go on using what it has
   * @throws {ConfigurationError} unless there is just one of the members, with a string that is not empty; `issuer` may stand beside
   *   `jti`, `sub` and `sid`
   */
  evict(selector: TokenSelector): Promise<void>
  readonly issuers: readonly [string]
}

/**
 * A verifier that asks the authorization server about each token, for tokens that say nothing by themselves, or whose revocation is to
 * be noticed soon.
 *
 * - Every response is judged by status, content type and content together: what does not have the form that is expected (see
 *   `response`), comes late or is too large is `introspection_unavailable`, and never an invalid token.
 * - `active: true` is not all: `iss` (if it is there), `aud`, `exp` / `nbf` / `iat`, the types of the claims, the kind of token and
 *   `requiredClaims` are looked at; then revocation, and the sender (`cnf`). The kind is told by `token_type`, `token_use`, `purpose` and
 *   `typ` if the server says any of it: the server may be asked about a refresh token as well, and calls it active.
 * - The answer is kept (see `cache`) for the least of `maxTtlMs`, `max-age` and the token's life, unless `no-store` or `no-cache`
 *   forbid it; during an outage it serves for just as long. Errors are not kept. Requests with the same token share one question. The
 *   same object is given for as long as the same answer is in use.
 *
 * What is *not* checked: scopes and other claims (`guard` does), and that the server says `aud` of tokens for other APIs where
 * `audience` is `null`. A revoked token is accepted as long as an answer is kept: see `confirm`, `evict` and `cache.maxTtlMs`.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662 RFC 7662}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9701 RFC 9701} (signed responses)
 * @example
 * import { createIntrospectionVerifier } from '@bailiwick/verifier'
 *
 * const verifier = createIntrospectionVerifier({
 *   issuer: 'https://login.example.com',
 *   audience: 'orders-api',
 *   client: { clientId: 'orders-api', authentication: { method: 'client_secret_basic', clientSecret: 'from your vault' } },
 * })
 * const { claims } = await verifier.verify('2YotnFZFEjr1zCsicMWpAA')
 */
export function createIntrospectionVerifier(options: IntrospectionVerifierOptions): IntrospectionVerifier {
  const settings = resolveIntrospectionOptions(options)
  const { rules } = settings
  const sender = createSenderCheck(options.senderConstraint, rules)
  const introspector = createConfiguredIntrospector(settings)
  const checkRevocation = createRevocationCheck(options.revocation)

  const { verify, recall } = createVerify({ verdicts: introspector, checkRevocation, sender })

  const verifier = {
    verify,
    confirm: async (token: string) => (await introspector.examineNow(token)).accessToken,
    evict: introspector.evict,
    issuers: Object.freeze([rules.issuer] as const),
    senderConstraint: sender.support,
  }
  return withRecall(verifier, recall)
}
