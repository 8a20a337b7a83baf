/**
 * How a client says which it is, by the names of the registry that RFC 7591 §4.2 began.
 *
 * - `none`: a public client, by its `client_id` alone
 * - `client_secret_basic`, `client_secret_post`: the secret, in the header or in the body (RFC 6749 §2.3.1)
 * - `client_secret_jwt`: a JWT with an HMAC of the secret: HS256, HS384 or HS512 (OpenID Connect Core 1.0 §9)
 * - `private_key_jwt`: a JWT that is signed by one of the client's keys (RFC 7523 §2.2)
 * - `tls_client_auth`: a certificate of an authority, told by its subject (RFC 8705 §2.1)
 * - `self_signed_tls_client_auth`: a certificate that is registered itself, in an `x5c` of the client's keys (RFC 8705 §2.2)
 */
export type ClientAuthenticationMethod = (typeof clientAuthenticationMethods)[number]

/** Every method that a client can be registered with. */
export const clientAuthenticationMethods = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
] as const
