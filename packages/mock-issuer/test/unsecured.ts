import { base64url } from 'jose'

/** A JWT without a signature, as `alg: none` has it (RFC 7518 §3.6). */
export function unsecured(header: object, claims: object): string {
  return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}.`
}
