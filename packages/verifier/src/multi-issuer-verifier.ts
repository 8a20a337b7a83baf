import type { AccessTokenVerifier } from '@bailiwick/protocol'
import { resolveIssuers } from './internal/multi-issuer/issuers-settings.js'
import { createSelectingExaminer } from './internal/multi-issuer/selecting-examiner.js'
import { createRevocationCheck } from './internal/revocation-check.js'
import { createSenderCheck } from './internal/sender/sender-check.js'
import { createVerdictCache } from './internal/verdict-cache.js'
import { createVerify } from './internal/verify-presented.js'
import { withRecall } from './internal/with-recall.js'
import type { MultiIssuerVerifierOptions } from './multi-issuer-verifier-options.js'
import type { TokenSelector } from './token-selector.js'

/** Verifies the JWT access tokens of several issuers; see `createMultiIssuerVerifier`. */
export interface MultiIssuerVerifier extends AccessTokenVerifier {
  /**
   * Resolves with a token that passed every check of its issuer's rules, deeply frozen.
   *
   * @throws {AccessTokenError} with any of its codes; the content of a token never causes any other error
   */
  verify: AccessTokenVerifier['verify']
  recall: NonNullable<AccessTokenVerifier['recall']>
  /** The names in the list, in its order; absent with a resolver, whose issuers are not known beforehand. */
  readonly issuers?: readonly string[]
  /** Evicts cached verdicts, of all issuers unless the selector names one; see `JwtVerifier.evict`. */
  evict(selector: TokenSelector): void
}

/**
 * A verifier for the JWT access tokens of several issuers, each with its own audience, algorithms and keys.
 *
 * The `iss` of a token selects the rules, by exact comparison, before anything is verified. It does nothing else. The token
 * must then pass every check of `createJwtVerifier` by these rules: it must have that `iss` and be signed with a key of that
 * issuer, so the keys of one issuer never verify a token that names another. A token of an issuer that is not in the list, or
 * not trusted, is `issuer_unknown`, and nothing is fetched, resolved or cached for it.
 *
 * In addition to what `createJwtVerifier` does, every use of a cached verdict checks that the issuer is still trusted and its
 * rules are unchanged.
 *
 * What is *not* checked: what `createJwtVerifier` does not check, and that issuers do not share keys: if the rules of two name
 * the same key set, either can sign for the other. A `sub` is unique only within its issuer: identify users by both.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.8 RFC 8725 §3.8} (keys belong to issuers)
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @example
 * import { createMultiIssuerVerifier } from '@bailiwick/verifier'
 *
 * const verifier = createMultiIssuerVerifier({
 *   issuers: [
 *     { issuer: 'https://login.example.com', audience: 'orders-api', profile: 'rfc9068' },
 *     { issuer: 'https://partner.example.net', audience: 'https://api.example.com/orders', algorithms: ['PS256'] },
 *   ],
 * })
 */
export function createMultiIssuerVerifier(options: MultiIssuerVerifierOptions): MultiIssuerVerifier {
  const { settings, directory, names } = resolveIssuers(options)
  const sender = createSenderCheck(options.senderConstraint, settings)
  const verdicts = createVerdictCache(options.cache, createSelectingExaminer(directory, settings))
  const { verify, recall } = createVerify({ verdicts, checkRevocation: createRevocationCheck(options.revocation), sender })
  const verifier = { verify, evict: verdicts.evict, senderConstraint: sender.support }

  return withRecall(names === undefined ? verifier : { ...verifier, issuers: names }, recall)
}
