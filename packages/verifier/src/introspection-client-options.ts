import type { CryptoKey, JWK } from 'jose'
import type { SigningAlgorithm } from './algorithms.js'

/** Who the API is to the authorization server that it asks about tokens: it is registered there as a client of its own. */
export interface IntrospectionClientOptions {
  /** As the server has registered it. */
  readonly clientId: string
  /** How it proves that. RFC 7662 §2.1 has the server demand some proof, so that nobody can try out tokens on it. */
  readonly authentication: IntrospectionClientAuthentication
}

/** How the API authenticates, by the names of RFC 7591 §2. No secret of it is in any error. */
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
 * A JWT that the API signs for each request: `iss` and `sub` are its client id, `aud` is the issuer, and it lasts for a minute.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 */
export interface PrivateKeyAuthentication {
  readonly method: 'private_key_jwt'
  /** For a JWK: with its private members. */
  readonly privateKey: CryptoKey | JWK
  /** Default: the `alg` of the JWK. Needed for a `CryptoKey`, and for a JWK without it. */
  readonly algorithm?: SigningAlgorithm | undefined
  /** Default: the `kid` of the JWK; else none is sent. */
  readonly kid?: string | undefined
}

/**
 * The client certificate of the connection: `fetch` must be one that presents it. The request goes to the endpoint among the
 * `mtls_endpoint_aliases` of the metadata, if there is one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-2 RFC 8705 §2}, §5 (aliases)
 */
export interface TlsClientAuthentication {
  readonly method: 'tls_client_auth' | 'self_signed_tls_client_auth'
}

/** The client id and nothing else: for a server that knows its callers by the network that they are in. */
export interface NoClientAuthentication {
  readonly method: 'none'
}
