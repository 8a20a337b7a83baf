import type { RequestLike } from './request-like.js'
import type { SenderConstraintSupport } from './sender-constraint.js'

/**
 * An access token that passed every check of the verifier that made it. The object is frozen, holds no part of the token
 * that could be presented again, and is the same object for as long as the same verdict stands, so that work done for it
 * (mapping it to a principal) can be kept with it.
 */
export interface VerifiedAccessToken {
  /** The issuer, as the verifier was configured with it. */
  readonly issuer: string
  /** When the token ends, in seconds since the epoch (`exp`). */
  readonly expiresAt: number
  /** All claims as they were issued, deeply frozen. Their types are *not* checked beyond those of RFC 7519 §4.1. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** The authentication schemes under which an access token can be presented (RFC 6750 §2.1, RFC 9449 §7.1). */
export type TokenScheme = 'Bearer' | 'DPoP'

/** How the token reached the API: what a verifier needs to check that its sender may use it. */
export interface TokenPresentation {
  readonly scheme: TokenScheme
  readonly request: RequestLike
}

/**
 * The port between verification and authorisation: `guard` and the adapters take any verifier.
 *
 * `verify` resolves with a token that may be trusted, and rejects otherwise. A rejection with a `VerificationError` says
 * whether the credential is bad or the question cannot be decided; any other rejection is taken as "cannot decide".
 */
export interface AccessTokenVerifier {
  /**
   * @param token the access token, without its scheme
   * @param presentation how it was presented; without it, a verifier treats it as a plain bearer token
   */
  verify(token: string, presentation?: TokenPresentation): Promise<VerifiedAccessToken>
  /**
   * The verdict on a token that was verified before, if it still stands and there is nothing to wait for: just what `verify` would
   * resolve with. `undefined` says nothing about the token: ask `verify`. It never throws. For callers on a path on which waiting for a
   * promise costs more than the answer; they ask by `recallVerdict`.
   *
   * It goes with one `verify`: verifiers of `@bailiwick/verifier` have it as a member that is not enumerable, so that a copy by
   * spreading, with a `verify` that does more, is without it.
   */
  recall?(token: string, presentation?: TokenPresentation): VerifiedAccessToken | undefined
  /** The issuers whose tokens are accepted, for protected-resource metadata (RFC 9728 §2). */
  readonly issuers?: readonly string[]
  /** Absent when no tokens are accepted but plain bearer tokens. */
  readonly senderConstraint?: SenderConstraintSupport | undefined
}
