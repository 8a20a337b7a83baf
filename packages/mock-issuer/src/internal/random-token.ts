import { base64url } from 'jose'

/** A token that cannot be guessed: 256 random bits in base64url (RFC 6749 §10.10 asks for 128). */
export function randomToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}
