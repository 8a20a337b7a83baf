import { sha256 } from '#platform'
import type { JWK } from 'jose'

/**
 * The SHA-256 thumbprint of a public key, as base64url: the value of `jkt`. Members are hashed as spelt.
 *
 * @param jwk of a supported type, with all members of that type
 * @see {@link https://www.rfc-editor.org/rfc/rfc7638#section-3 RFC 7638 §3} and
 *   {@link https://www.rfc-editor.org/rfc/rfc8037#section-2 RFC 8037 §2} (`OKP`)
 */
export function jwkThumbprint({ kty, crv, x, y, e, n }: Readonly<JWK>): string | Promise<string> {
  // The RFC requires JSON without white space, with the members in this order; base64url values need no escaping.
  if (kty === 'RSA') return sha256(JSON.stringify({ e, kty, n }))
  return sha256(JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }))
}
