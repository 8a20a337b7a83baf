import { base64url } from 'jose'

/** `x5t#S256`: the SHA-256 of a certificate in DER, in base64url (RFC 8705 §3.1). */
export async function certificateThumbprint(der: Uint8Array): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(der))))
}
