/** Someone who can log in by a click on the login page. */
export interface IssuerUser {
  /** The `sub` of the tokens: 1 to 255 ASCII characters (OpenID Connect Core 1.0 §2). */
  readonly sub: string
  /** Shown on the login page, and the `name` at userinfo unless the `profile` has one. Default on the page: `profile.name`, then `sub`. */
  readonly name?: string
  /** Shown under the name, to tell users apart: `trader, New York`. */
  readonly description?: string
  /** Claims for access tokens: what the contract's scopes require, roles and the like. */
  readonly claims?: Readonly<Record<string, unknown>>
  /**
   * Claims about the user for clients: returned by userinfo, as far as `profile`, `email`, `address` and `phone` were granted, and never in the ID token.
   *
   * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims OpenID Connect Core 1.0 §5.4}
   */
  readonly profile?: Readonly<Record<string, unknown>>
  /** What becomes of a backchannel authentication request (CIBA) about this user. Default `wait`, for `issuer.ciba` to decide. */
  readonly ciba?: 'approve' | 'deny' | 'wait'
  /** How this user logs in when the client asks for no level: one of the `acrValues` of the issuer. Default: the first of them. */
  readonly acr?: string
}

/** The users of an issuer that was given none. */
export const defaultUsers: readonly IssuerUser[] = [
  { sub: 'john', profile: { name: 'John', email: 'john@example.com', email_verified: true } },
  { sub: 'jane', profile: { name: 'Jane', email: 'jane@example.com', email_verified: true } },
]
