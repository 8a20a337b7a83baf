import type { AccessTokenVerifier, TokenPresentation, VerifiedAccessToken } from '@bailiwick/protocol'
import type { TokenSelector } from './token-selector.js'

/** A verifier that can evict cached verdicts. */
export interface EvictingVerifier extends AccessTokenVerifier {
  evict(selector: TokenSelector): void | Promise<void>
}

/** A verifier that can ask the issuer about a token. */
export interface ConfirmingVerifier extends AccessTokenVerifier {
  /**
   * Asks the issuer now, even if a cached answer says that the token is active. Resolves with what the issuer says of an active
   * token, whoever presents it. Its claims `iss` and `sub` are compared with those of the token that was verified locally.
   */
  confirm(token: string): Promise<VerifiedAccessToken>
  /** Evicts cached answers. Absent if the verifier caches nothing. */
  evict?: EvictingVerifier['evict']
}

/** Which verifier handles which tokens, and which JWTs are also confirmed by introspection. */
export type HybridVerifierOptions = UnconfirmedHybridOptions | ConfirmedHybridOptions

/** No JWT is confirmed: both verifiers may be any. */
export interface UnconfirmedHybridOptions extends HybridVerifierBaseOptions {
  /** Verifies all tokens that are not JWTs: a verifier from `createIntrospectionVerifier`, or a custom one. */
  introspection: AccessTokenVerifier | EvictingVerifier
  /** Left out. To have JWTs confirmed, see `ConfirmedHybridOptions`. */
  confirm?: undefined
}

/** Some JWTs are confirmed by their issuer. */
export interface ConfirmedHybridOptions extends HybridVerifierBaseOptions {
  /** Verifies all tokens that are not JWTs, and confirms JWTs: a verifier from `createIntrospectionVerifier`. */
  introspection: ConfirmingVerifier
  /**
   * Whether a verified JWT must also be confirmed by its issuer. A JWT alone does not show that it was revoked, so use it for
   * operations that are worth a request, such as a payment. It is not called for opaque tokens, which the issuer is asked about
   * anyway; how old that answer may be depends on the cache of `introspection`.
   *
   * `presentation` is what `verify` was given. Do not tell routes apart by its `request.url`: it may be path and query alone,
   * and routers match several spellings of a path. Make a second verifier for these routes instead.
   *
   * If it throws, or returns anything but `true` or `false`, the outcome is `introspection_unavailable`. Default: no JWT is
   * confirmed.
   */
  confirm?: ((accessToken: VerifiedAccessToken, presentation: TokenPresentation | undefined) => boolean) | undefined
}

/** The options that do not depend on `confirm`. */
export interface HybridVerifierBaseOptions {
  /**
   * Verifies JWTs: a verifier from `createJwtVerifier` or `createMultiIssuerVerifier`. With `confirm`, its verdict is checked
   * again after the confirmation. A custom verifier, or a wrapper around one of these, is only checked for expiry (see `now`).
   */
  jwt: AccessTokenVerifier | EvictingVerifier
  /**
   * The clock that `expiresAt` is compared with after a confirmation (without tolerance), in milliseconds since the epoch. Used
   * only when `jwt.verify` was not made by this package. Default: `Date.now`.
   */
  now?: (() => number) | undefined
}
