import type { CryptoKey, JWK } from 'jose'
import type { SigningAlgorithm } from './algorithms.js'

/** The client that this API is registered as at the authorization server. */
export interface IntrospectionClientOptions {
  /** The client id, as registered. */
  readonly clientId: string
  /** How the client authenticates. RFC 7662 §2.1 requires it, so that strangers cannot try out tokens at the server. */
  readonly authentication: IntrospectionClientAuthentication
}

/** How the API authenticates, named as in RFC 7591 §2. Errors never hold its secrets. */
export type IntrospectionClientAuthentication =
  | ClientSecretAuthentication
  | PrivateKeyAuthentication
  | TlsClientAuthentication
  | NoClientAuthentication

/** A shared secret, in the `Authorization` header (both halves form-encoded, RFC 6749 §2.3.1) or in the form. */
export interface ClientSecretAuthentication {
  readonly method: 'client_secret_basic' | 'client_secret_post'
  readonly clientSecret: string
}

/**
 * A JWT that the API signs for each request. `iss` and `sub` are its client id, `aud` is the issuer, and it expires after a
 * minute.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 */
export interface PrivateKeyAuthentication {
  readonly method: 'private_key_jwt'
  /** A JWK must have its private members. */
  readonly privateKey: CryptoKey | JWK
  /** Required for a `CryptoKey`, and for a JWK without `alg`. Default: the `alg` of the JWK. */
  readonly algorithm?: SigningAlgorithm | undefined
  /** Default: the `kid` of the JWK, or none. */
  readonly kid?: string | undefined
}

/**
 * The client certificate of the TLS connection, which `fetch` must present. The request goes to the endpoint in
 * `mtls_endpoint_aliases` of the metadata, if there is one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2 RFC 8705 §2}, §5 (aliases)
 */
export interface TlsClientAuthentication {
  readonly method: 'tls_client_auth' | 'self_signed_tls_client_auth'
}

/** The client id alone, for a server that recognizes its clients by their network. */
export interface NoClientAuthentication {
  readonly method: 'none'
}
