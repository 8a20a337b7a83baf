import type { ServerMetadata } from '@bailiwick/protocol'
import type { IdTokenClaims } from './client-options.js'
import type { DeviceLogin, StartDeviceLoginOptions } from './device-login.js'
import type { CompleteLoginInput, LoginOutcome, StartedLogin, StartLoginOptions } from './login.js'
import type { LogoutUrlOptions } from './logout.js'
import type { TokenRequestOptions } from './token-request.js'
import type { ExchangeOptions } from './token-exchange.js'
import type { TokenSet } from './token-set.js'
import type { UserInfo } from './user-info.js'

/**
 * A client of one authorization server: it makes the requests, and keeps nothing but the server's metadata and keys. One for a process is
 * enough, whatever the number of users. Every method can reject with a `ClientError`; `completeLogin` returns what can be expected.
 */
export interface Client<Claims = IdTokenClaims> {
  readonly issuer: string
  readonly clientId: string
  /** As configured. */
  readonly redirectUri: string | undefined
  /** What the server publishes about itself: asked for once, refreshed, and used on during an outage. */
  metadata(): Promise<ServerMetadata>

  /**
   * Begins a login with the code flow: PKCE (S256), `state`, and `nonce` if an ID token is asked for, all new each time. Only asks the server
   * where its metadata are not known yet, or where the request is pushed.
   *
   * @throws {ConfigurationError} for an option that cannot work, such as a `returnTo` that leads elsewhere
   * @throws {ClientError} `server_unavailable`, `request_refused` (of a pushed request), `response_invalid`, `not_supported`, `aborted`
   */
  startLogin(options?: StartLoginOptions): Promise<StartedLogin>
  /**
   * Ends it: checks the callback against its transaction, swaps the code for tokens, and verifies the ID token, signature included.
   *
   * @throws {ClientError} for what no user can help: `request_refused` if the server refuses this client (`invalid_client`), `response_invalid`
   * and `not_supported` for its metadata, `aborted`
   */
  completeLogin(input: CompleteLoginInput): Promise<LoginOutcome<Claims>>
  /** Begins a login on another device (RFC 8628). */
  startDeviceLogin(options?: StartDeviceLoginOptions): Promise<DeviceLogin<Claims>>

  /**
   * New tokens for a refresh token. Use `createTokenSource` rather than this: it refreshes once for all who ask, and only when it is time.
   *
   * @throws {ClientError} `session_ended` if the refresh token is not good any more, and only then
   */
  refresh(tokens: TokenSet<Claims>, options?: TokenRequestOptions): Promise<TokenSet<Claims>>
  /** Tokens of the client's own (RFC 6749 §4.4). */
  clientCredentials(options?: TokenRequestOptions): Promise<TokenSet<Claims>>
  /** Tokens for an assertion (RFC 7523 §2.1). */
  jwtBearer(assertion: string, options?: TokenRequestOptions): Promise<TokenSet<Claims>>
  /** A token for another, usually with less in it (RFC 8693). */
  exchange(options: ExchangeOptions): Promise<TokenSet<Claims>>

  /**
   * Tells the server that tokens are not needed any more (RFC 7009): the refresh token of a set, with which servers end its access tokens too, or
   * the access token where there is no other. A server that does not know it is content.
   */
  revoke(tokens: TokenSet<unknown>, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  /**
   * The claims at the userinfo endpoint, whose `sub` has to be that of the ID token (OpenID Connect Core §5.3.2). A standard claim that has another type
   * than the specification gives it is left out.
   */
  userInfo(tokens: TokenSet<unknown>, options?: { readonly signal?: AbortSignal | undefined }): Promise<UserInfo>
  /** Where to send the browser so that the user is logged out at the server too (RP-Initiated Logout); `undefined` if it cannot do that. */
  logoutUrl(options?: LogoutUrlOptions): Promise<string | undefined>

  /**
   * The DPoP proof for one request to an API; for whoever makes requests other than by `createAuthorizedFetch`.
   *
   * @throws {ConfigurationError} for a client without `dpop`
   */
  dpopProof(request: DpopProofRequest): Promise<string>
  /** The JWK thumbprint (RFC 7638) of the key that this client's tokens are bound to; `undefined` without `dpop`. */
  keyThumbprint(): Promise<string | undefined>
  /**
   * Takes back what `formatTokenSet` wrote. The text must be this client's: same issuer, same id.
   *
   * @throws {ClientError} `response_invalid` for text that is no token set of this client
   */
  parseTokenSet(text: string): Promise<TokenSet<Claims>>
}

/** The request that a proof is for. */
export interface DpopProofRequest {
  readonly method: string
  /** Query and fragment are left out of the proof (RFC 9449 §4.2). */
  readonly url: string
  /** The token that goes with it; `undefined` for none. */
  readonly accessToken: string | undefined
  /** What the API has asked for, if it did. */
  readonly nonce?: string | undefined
}
