import type { IdTokenClaims } from './client-options.js'
import type { TokenSet } from './token-set.js'

/**
 * Where access tokens come from, kept fresh: of a machine or of a user's session. One that is still good is given at once; near its end it
 * is renewed in the background; at its end all who ask wait for one and the same request.
 */
export interface TokenSource<Claims = IdTokenClaims> {
  /**
   * An access token that is good now.
   *
   * @throws {ClientError} `session_ended`, `server_unavailable`, `request_refused`, `response_invalid`, `aborted`, `not_supported`; and what a function of
   * the app's own throws that makes an assertion
   * @throws {ConfigurationError} a `minimumSeconds` that is no number; a signing key that cannot be had
   */
  getAccessToken(options?: GetTokensOptions): Promise<string>
  /** The same with what is known of it. @throws {ClientError} as `getAccessToken` */
  getTokens(options?: GetTokensOptions): Promise<TokenSet<Claims>>
}

/** What the asker knows or needs. */
export interface GetTokensOptions {
  /**
   * An access token that an API has just refused with 401: if it is still the present one, a new one is fetched. Several who were refused
   * with the same one share that. At most once in 5 seconds: in between the present one is given again, so that an API that refuses every token does not
   * have the server asked at each request.
   */
  readonly rejected?: string | undefined
  /** For how long the token must still be good, in seconds; of one that lives for less than twice that, half its life will do. Default 0. */
  readonly minimumSeconds?: number | undefined
  /** Ends the wait of this one who asks, as `aborted`; the others wait on. */
  readonly signal?: AbortSignal | undefined
}
