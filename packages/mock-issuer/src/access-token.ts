import type { SigningAlgorithm } from './signing-algorithm.js'

/**
 * The claims of a token to mint. What is not given has a default, what is given replaces it, and a claim that is set to
 * `undefined` is left out of the token. Values are not checked, beyond the contract: a test may need wrong ones.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.2 RFC 9068 §2.2}
 */
export interface AccessTokenClaims {
  /** Default: the `sub` of the first configured user. */
  sub?: unknown
  /** Scopes, separated by single spaces. Default: none. */
  scope?: unknown
  /** Default: the id of the first configured client. */
  client_id?: unknown
  /** Default: the `audience` option. */
  aud?: unknown
  /** Default: the issuer. */
  iss?: unknown
  /** In seconds since the epoch. Default: the issuer's clock. */
  iat?: unknown
  /** In seconds since the epoch. Default: now and `expiresInSeconds`. */
  exp?: unknown
  /** Default: a random UUID. */
  jti?: unknown
  [claim: string]: unknown
}

/** How a token is minted, as against what it says. */
export interface AccessTokenOptions {
  /** Default: the `accessTokenTtlSeconds` of the issuer. A negative number mints a token that has expired. */
  expiresInSeconds?: number
  /** Default: that of the issuer's current key. The first use of another one makes a key for it, which is then in the JWKS. */
  algorithm?: SigningAlgorithm
  /** Header parameters to add, to replace, or (with `undefined`) to leave out. Does not change how the token is signed. */
  header?: Readonly<Record<string, unknown>>
  /** Issues the token even if the contract does not allow it. */
  breakContract?: true
}

/** How an opaque token is made: it has neither a header nor a signature. */
export type OpaqueTokenOptions = Pick<AccessTokenOptions, 'expiresInSeconds' | 'breakContract'>
