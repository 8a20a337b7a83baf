/** What came of the notice that one client was sent about the end of a session (OpenID Connect Back-Channel Logout 1.0 §2.5). */
export interface BackchannelNotice {
  readonly clientId: string
  /** The `sid` of the session. */
  readonly sessionId: string
  /**
   * - `delivered`: the client answered 200 or 204
   * - `refused`: it answered anything else; a redirect is not followed
   * - `unreachable`: there was no answer in time
   */
  readonly outcome: 'delivered' | 'refused' | 'unreachable'
  /** The status of the answer, if there was one. */
  readonly status?: number
}

/** One end of a session, by a browser or by `issuer.logOut`. */
export interface LoggedLogout {
  /** When it began, in milliseconds since the epoch, by the issuer's clock. */
  readonly timeMs: number
  readonly sub: string
  /** The `sid` of the session that ended. */
  readonly sessionId: string
  /** What came of each notice. The clients of the session that have no `backchannelLogoutUri` are sent none. */
  readonly notices: readonly BackchannelNotice[]
}

/**
 * The claims of a logout token to mint. Defaults, replacement and `undefined` work as for an access token.
 *
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken OpenID Connect Back-Channel Logout 1.0 §2.4}
 */
export interface LogoutTokenClaims {
  /** Default: the `sub` of the first configured user. */
  sub?: unknown
  /** Default: none, so that the token ends every session of its `sub`. */
  sid?: unknown
  /** Default: the id of the first configured client. */
  aud?: unknown
  /** Default: the issuer. */
  iss?: unknown
  /** In seconds since the epoch. Default: the issuer's clock. */
  iat?: unknown
  /** In seconds since the epoch. Default: now and `expiresInSeconds`, which is two minutes. */
  exp?: unknown
  /** Default: a random UUID. */
  jti?: unknown
  /** Default: the event of a back-channel logout. */
  events?: unknown
  [claim: string]: unknown
}
