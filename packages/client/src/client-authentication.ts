import type { JWK } from 'jose'

/** How the client proves to the authorization server who it is, by the names of RFC 7591 §2. No secret of it is in any error or log. */
export type ClientAuthentication =
  | PublicClientAuthentication
  | ClientSecretAuthentication
  | ClientSecretJwtAuthentication
  | PrivateKeyJwtAuthentication
  | TlsClientAuthentication

/** No proof: a public client, such as a command line tool or an app in a browser. It says its id, and PKCE protects the code. */
export interface PublicClientAuthentication {
  readonly method: 'none'
}

/**
 * A shared secret, in the `Authorization` header (both halves form-encoded) or in the form.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749 §2.3.1}
 */
export interface ClientSecretAuthentication {
  readonly method: 'client_secret_basic' | 'client_secret_post'
  readonly clientSecret: string
}

/**
 * A JWT under an HMAC (HS256) of the shared secret, which so does not travel.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication OpenID Connect Core §9}
 */
export interface ClientSecretJwtAuthentication {
  readonly method: 'client_secret_jwt'
  /** At least 32 bytes, as HS256 demands (RFC 7518 §3.2). */
  readonly clientSecret: string
}

/**
 * A JWT that the client signs for each request: `iss` and `sub` are its client id, `aud` is the issuer, it lasts for a minute and has a
 * `jti` of its own.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 */
export interface PrivateKeyJwtAuthentication extends SigningKey {
  readonly method: 'private_key_jwt'
}

/**
 * The client certificate of the connection: `fetch` has to be one that presents it. Requests go to the endpoints among the
 * `mtls_endpoint_aliases` of the metadata where there are any.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2 RFC 8705 §2}, §5 (aliases)
 */
export interface TlsClientAuthentication {
  readonly method: 'tls_client_auth' | 'self_signed_tls_client_auth'
}

/** A private key, and what its signatures say of it. */
export interface SigningKey {
  /**
   * For a JWK: with its private members. A function is asked at each signature, so that a key can be rotated while the client runs: let it keep what
   * it has loaded, and leave `kid` out here, so that each JWK brings its own.
   */
  readonly privateKey: CryptoKey | JWK | (() => CryptoKey | JWK | Promise<CryptoKey | JWK>)
  /** Default: the `alg` of the JWK. Needed for a JWK without it; a `CryptoKey` knows its own. */
  readonly algorithm?: ClientSigningAlgorithm | undefined
  /** Default: the `kid` of the JWK; else none is sent. */
  readonly kid?: string | undefined
}

/** The algorithms that a client signs with. */
export type ClientSigningAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'Ed25519'
