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
   * Resolves with a token that the server says is active and that passed every check, deeply frozen.
   *
   * - The claims are those of the phantom token, or else the members of the response without `active` and without anything that
   *   could be presented as a token: `jwt`, `phantom_token`, and any member whose value is the token itself, even the `jti`.
   * - `expiresAt` is `exp`. If the server does not send it, it is the time until which the answer is cached, or a minute after
   *   the request if it is not cached.
   *
   * @throws {AccessTokenError} `invalid_token`: `token_inactive`, or what is wrong with an active token, such as
   *   `audience_mismatch`; `unavailable`: `introspection_unavailable` for any response that cannot be used, and
   *   `keys_unavailable`
   */
  verify: AccessTokenVerifier['verify']
  /**
   * What `verify` would resolve with, if the answer is cached in the memory of this process. With a `cache.store`: always
   * `undefined`.
   */
  recall: NonNullable<AccessTokenVerifier['recall']>
  /**
   * Asks the server again, even if a cached answer says that the token is active: for an operation that must not accept a token
   * revoked a moment ago. A cached answer that the token is *inactive* is used. A request already in flight is joined, so the
   * answer can be up to `timeoutMs` old. The answer is cached for `verify`.
   *
   * It checks the answer as `verify` does, but *not* the sender (`senderConstraint`) and not `revocation`: it is meant for a
   * token that was verified before.
   *
   * @throws {AccessTokenError} as `verify`
   */
  confirm(token: string): Promise<VerifiedAccessToken>
  /**
   * Evicts cached answers, so that the next request with such a token asks the server. It does *not* revoke.
   *
   * - It takes effect immediately. Answers to requests in flight in this process are not cached.
   * - `{ token }` matches that text only; an ECDSA-signed JWT has a twin (see `JwtVerifier.evict`). It also deletes the answer
   *   from the store, after any write in flight here. Another instance that is asking the server at that moment may still write
   *   the old answer: for certainty, evict on each instance.
   * - `jti`, `sub` and `sid` act on this instance only, because stores cannot be searched: evict on each instance. Answers from
   *   before the eviction are ignored.
   * - At most 10,000 such evictions are remembered (a `jti` counts as two), for `cache.maxTtlMs`. One more, and every older
   *   answer is ignored.
   * - Clocks of instances may differ by `clockToleranceSeconds`. Until that has passed after an eviction, and while the clock
   *   of this process is set back, every request with such a token asks the server.
   *
   * @throws {AccessTokenError} `introspection_unavailable` when the store does not answer: other instances may go on using the
   *   stored answer
   * @throws {ConfigurationError} unless exactly one member is given, as a string that is not empty; `issuer` may be added to
   *   `jti`, `sub` and `sid`
   */
  evict(selector: TokenSelector): Promise<void>
  readonly issuers: readonly [string]
}

/**
 * A verifier that asks the authorization server about each token: for opaque tokens, and for tokens whose revocation must be
 * noticed soon.
 *
 * - A response is judged by status, content type and content together. One in another format than expected (see `response`),
 *   late or too large is `introspection_unavailable`, never an invalid token.
 * - `active: true` is not enough. `iss` (if present), `aud`, `exp` / `nbf` / `iat`, the types of the claims, the kind of token
 *   and `requiredClaims` are checked; then revocation, and the sender (`cnf`). The kind is checked by `token_type`,
 *   `token_use`, `purpose` and `typ`, as far as the server sends them: a server may also call a refresh token active.
 * - An answer is cached (see `cache`) for the least of `maxTtlMs`, `max-age` and the token's lifetime, unless `no-store` or
 *   `no-cache` forbids it, and no longer during an outage. Errors are not cached. Concurrent requests with the same token share
 *   one introspection request. The same object is returned for as long as the answer is cached.
 *
 * What is *not* checked: scopes and other claims (`guard` does that), and, with `audience: null`, that the token is for this
 * API. A revoked token is accepted for as long as its answer is cached: see `confirm`, `evict` and `cache.maxTtlMs`.
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
