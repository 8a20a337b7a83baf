import type { TokenSet } from './token-set.js'

/**
 * Where access tokens come from, kept fresh: of a machine or of a user's session. One that is still good is given at once; near its end it
 * is renewed in the background; at its end all who ask wait for one and the same request.
 */
export interface TokenSource<Claims = unknown> {
  /**
   * An access token that is good now.
   *
   * @throws {ClientError} `session_ended`, `server_unavailable`, `request_refused`, `response_invalid`, `aborted`
   */
  getAccessToken(options?: GetTokensOptions): Promise<string>
  /** The same with what is known of it. @throws {ClientError} as `getAccessToken` */
  getTokens(options?: GetTokensOptions): Promise<TokenSet<Claims>>
}

/** What the asker knows or needs. */
export interface GetTokensOptions {
  /**
   * An access token that an API has just refused with 401: if it is still the present one, a new one is fetched. Several who were refused
   * with the same one share that.
   */
  readonly rejected?: string | undefined
  /** For how long the token must still be good, in seconds. Default 0. */
  readonly minimumSeconds?: number | undefined
  /** Ends the wait of this one who asks, as `aborted`; the others wait on. */
  readonly signal?: AbortSignal | undefined
}
