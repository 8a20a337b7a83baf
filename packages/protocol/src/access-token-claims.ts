/**
 * The claims of a verified access token. Each is optional: what a token has to have is up to the verifier (`requiredClaims`,
 * `profile`). Those that are named here have the type that the RFC gives them, which the verifiers of `@bailiwick/verifier` check before
 * they give a token out. All others are `unknown`: nobody has looked at them, and it is for the contract of `@bailiwick/guard` to do so.
 *
 * A verifier of your own has to hold to these types: refuse a token, as `invalid_token`, with a claim that is of another one. `null` is
 * another one, too. The compiler does not ask for it, as it takes `Record<string, unknown>` for these claims.
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
