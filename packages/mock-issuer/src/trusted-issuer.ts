import type { JSONWebKeySet } from 'jose'

/**
 * Another issuer, whose JWTs are taken as the assertion of the jwt-bearer grant (RFC 7523 §2.1) and as the subject or actor of a token
 * exchange (RFC 8693 §2.1). Its `sub` is taken for a user of this issuer by the same `sub`.
 */
export interface TrustedIssuer {
  /** The `iss` of its JWTs, compared as an exact string. */
  readonly issuer: string
  /** Its public keys, at least one: RSA from 2048 bits, EC or OKP. Nothing is fetched, and no symmetric or private key is taken. */
  readonly jwks: JSONWebKeySet
}
