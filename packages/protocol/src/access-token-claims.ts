/**
 * The claims of a verified access token. All are optional: which ones a token must have is up to the verifier (`requiredClaims`,
 * `profile`).
 *
 * The claims named here have the types of RFC 7519 §4.1. The verifiers of `@bailiwick/verifier` check them, and refuse a token in
 * which one has another type, `null` included. All other claims are *not* checked, and so `unknown`: describe them in the contract of
 * `@bailiwick/guard`.
 *
 * A custom verifier must check the same types, and reject with `invalid_token`. The compiler does not notice if it does not: it
 * accepts a `Record<string, unknown>` as these claims.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519 §4.1}
 */
export interface AccessTokenClaims {
  /** Who issued the token. `VerifiedAccessToken.issuer` is there even if this is not: an introspection response may leave it out. */
  readonly iss?: string
  /** Who the token speaks for. */
  readonly sub?: string
  /** Which APIs the token is for: one, or a list. */
  readonly aud?: string | readonly string[]
  /** When the token expires, in seconds since the epoch. `VerifiedAccessToken.expiresAt` is there even if this is not. */
  readonly exp?: number
  /** From when on the token is valid, in seconds since the epoch. */
  readonly nbf?: number
  /** When the token was issued, in seconds since the epoch. */
  readonly iat?: number
  /** The identifier of the token. */
  readonly jti?: string
  /**
   * The client that asked for the token.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-4.3 RFC 8693 §4.3}
   */
  readonly client_id?: string
  readonly [name: string]: unknown
}
