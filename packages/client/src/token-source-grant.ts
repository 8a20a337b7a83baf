import type { IdTokenClaims } from './client-options.js'
import type { TokenRequestOptions } from './token-request.js'
import type { TokenSet } from './token-set.js'

/** What a token source asks for, again and again. */
export type TokenSourceGrant<Claims = IdTokenClaims> = ClientCredentialsSource | JwtBearerSource | RefreshTokenSource<Claims>

/** Tokens of the client's own (RFC 6749 §4.4). */
export interface ClientCredentialsSource extends Omit<TokenRequestOptions, 'signal'> {
  readonly type: 'client_credentials'
}

/** Tokens for an assertion (RFC 7523 §2.1). */
export interface JwtBearerSource extends Omit<TokenRequestOptions, 'signal'> {
  readonly type: 'jwt_bearer'
  /** Makes an assertion; asked for each request, since servers take one once. What it throws is what those who wait get. At most 10 seconds. */
  readonly assertion: () => string | Promise<string>
  /** Whose access it is. Needed with a `store`, where the tokens of one user must never be those of another. */
  readonly subject?: string | undefined
}

/** Tokens of a user's session (RFC 6749 §6). */
export interface RefreshTokenSource<Claims = IdTokenClaims> extends Omit<TokenRequestOptions, 'signal'> {
  readonly type: 'refresh_token'
  /** What there is now: of a login, or of `client.parseTokenSet`. May have expired. */
  readonly tokens: TokenSet<Claims>
  /**
   * Keeps new tokens: most servers give a new refresh token each time, and take the old one for stolen from then on. It is waited for before
   * anybody gets the new access token, for at most 10 seconds. If it rejects or takes longer, the tokens are used all the same, since they would not
   * be any safer unused; it is tried again, with the newest, as often as the source is asked and no more than once a second. Not called twice at once, but
   * after a call that has taken longer; should that one end after all, the newest is kept once more.
   */
  readonly onTokens?: ((tokens: TokenSet<Claims>) => void | Promise<void>) | undefined
}
