import type { AccessTokenVerifier, TokenPresentation, VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from './token-selector.js'

/** A verifier that can forget what it has kept. */
export interface EvictingVerifier extends AccessTokenVerifier {
  evict?(selector: TokenSelector): void | Promise<void>
}

/** A verifier that asks the issuer about a token. */
export interface ConfirmingVerifier extends EvictingVerifier {
  /**
   * Has the issuer asked now, even if an answer is kept that the token is active, and resolves with what it says of an active token,
   * whoever presents it. `iss` and `sub` in the claims are compared with those of the token that was verified locally.
   */
  confirm?(token: string): Promise<VerifiedAccessToken>
}

/** Who verifies which tokens, and which are verified twice. */
export interface HybridVerifierOptions {
  /**
   * For JWTs: what `createJwtVerifier` or `createMultiIssuerVerifier` gave. With `confirm`, these are asked whether a token still stands
   * after it was confirmed. One of your own, or with a `verify` of your own around theirs, cannot be: see `now`.
   */
  jwt: EvictingVerifier
  /** For all other tokens: what `createIntrospectionVerifier` gave. */
  introspection: ConfirmingVerifier
  /**
   * Whether a JWT that has been verified is to be confirmed by its issuer too, since a JWT alone does not tell that it was revoked:
   * for operations that are worth asking, such as a payment. It is not asked about opaque tokens, for which the issuer is asked
   * anyway; how old its answer may be is a matter of the cache of `introspection`.
   *
   * `presentation` is what `verify` was given. Do not tell routes apart by its `request.url`, which may be path and query alone, and which
   * routers match under more spellings than one: make a second verifier for these routes. What it throws, and anything but `true` or `false`, counts as
   * `introspection_unavailable`. Default: no JWT is confirmed.
   */
  confirm?: ((accessToken: VerifiedAccessToken, presentation: TokenPresentation | undefined) => boolean) | undefined
  /**
   * The time, in milliseconds since the epoch, by which a JWT has ended at its `expiresAt` (without any tolerance) when it has been
   * confirmed. It is asked only if the `verify` of `jwt` is one that this package did not make: the others have a clock of their own.
   * Default: `Date.now`.
   */
  now?: (() => number) | undefined
}
