import type { AccessTokenOptions } from './access-token.js'

/**
 * The claims of an ID token to mint. Defaults, replacement and `undefined` work as for an access token. Nothing is added
 * that OpenID Connect does not require: `nonce` and `at_hash` are there when they are given.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OpenID Connect Core 1.0 §2}
 */
export interface IdTokenClaims {
  /** Default: the `sub` of the first configured user. */
  sub?: unknown
  /** Default: the id of the first configured client. */
  aud?: unknown
  /** Default: the issuer. */
  iss?: unknown
  /** In seconds since the epoch. Default: the issuer's clock. */
  iat?: unknown
  /** In seconds since the epoch. Default: now and `expiresInSeconds`, which is five minutes. */
  exp?: unknown
  [claim: string]: unknown
}

/** How an ID token is minted. The contract is about access tokens and is not asked. */
export type IdTokenOptions = Pick<AccessTokenOptions, 'expiresInSeconds' | 'algorithm' | 'header'>
