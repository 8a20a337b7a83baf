import type { AccessTokenClaims } from './access-token-claims.js'
import type { RequestLike } from './request-like.js'
import type { SenderConstraintSupport } from './sender-constraint.js'

/**
 * An access token that passed every check of its verifier. The object is frozen, and holds no part of the token that could be
 * presented again. A verifier returns the same object for as long as its verdict on the token is valid, so that whatever is
 * derived from it (a principal) can be cached with it.
 */
export interface VerifiedAccessToken {
  /** The issuer, as the verifier was configured with it. */
  readonly issuer: string
  /** When the token expires (`exp`), in seconds since the epoch. */
  readonly expiresAt: number
  /** All claims as they were issued, deeply frozen. No types are checked but those of `AccessTokenClaims`. */
  readonly claims: AccessTokenClaims
}

/** The authentication schemes under which an access token can be presented (RFC 6750 §2.1, RFC 9449 §7.1). */
export type TokenScheme = 'Bearer' | 'DPoP'

/** How the token was presented: what a verifier needs to check that the sender may use it. */
export interface TokenPresentation {
  readonly scheme: TokenScheme
  readonly request: RequestLike
}

/**
 * The port between verification and authorisation: `guard` and the adapters take any verifier.
 *
 * `verify` resolves with a token that can be trusted, and rejects otherwise. A `VerificationError` says whether the credential is bad
 * or cannot be checked now; any other rejection is taken for "cannot be checked now".
 *
 * A custom verifier must check the types of `AccessTokenClaims`, and reject a token whose claims have others.
 */
export interface AccessTokenVerifier {
  /**
   * @param token the access token, without its scheme
   * @param presentation how it was presented; without it, a verifier treats it as a plain bearer token
   */
  verify(token: string, presentation?: TokenPresentation): Promise<VerifiedAccessToken>
  /**
   * What `verify` would resolve with, if that is known without waiting: the token was verified before, and the verdict is still
   * valid. `undefined` says nothing about the token: call `verify`. It never throws. It is for hot paths, where awaiting a promise
   * costs more than the answer. Call it through `recallVerdict`.
   *
   * It belongs to one `verify`. The verifiers of `@bailiwick/verifier` define it as not enumerable: an object that spreads one of them
   * and adds a stricter `verify` does not inherit a way around it.
   */
  recall?(token: string, presentation?: TokenPresentation): VerifiedAccessToken | undefined
  /** The issuers whose tokens are accepted, for protected-resource metadata (RFC 9728 §2). */
  readonly issuers?: readonly string[]
  /** Absent when only plain bearer tokens are accepted. */
  readonly senderConstraint?: SenderConstraintSupport | undefined
}
