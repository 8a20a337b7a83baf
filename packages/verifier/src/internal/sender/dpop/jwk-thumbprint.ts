import { sha256 } from '#platform'
import type { JWK } from 'jose'

/**
 * The SHA-256 thumbprint of a public key as base64url: what `jkt` holds. The members are hashed as they are spelt.
 *
 * @param jwk of a type that is supported, with all members of that type
 * @see {@link https://www.rfc-editor.org/rfc/rfc7638#section-3 RFC 7638 §3} and
 *   {@link https://www.rfc-editor.org/rfc/rfc8037#section-2 RFC 8037 §2} (`OKP`)
 */
export function jwkThumbprint({ kty, crv, x, y, e, n }: Readonly<JWK>): string | Promise<string> {
  // JSON without white space and in this order of members, with base64url for values, is what the RFC has hashed.
  if (kty === 'RSA') return sha256(JSON.stringify({ e, kty, n }))
  return sha256(JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }))
}
