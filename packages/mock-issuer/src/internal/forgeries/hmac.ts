import { base64url } from 'jose'
import { encodePart } from './compact-token.js'

/** What a token is signed with that takes a public text for a secret. */
export interface HmacInput {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: object
  readonly secret: Uint8Array
  /** Default `HS256`; it becomes the header's `alg`. */
  readonly algorithm?: 'HS256' | 'HS512'
}

/** A compact JWS under a secret (RFC 7518 §3.2). */
export async function signHmac({ header, payload, secret, algorithm = 'HS256' }: HmacInput): Promise<string> {
  const input = `${encodePart({ ...header, alg: algorithm })}.${encodePart(payload)}`
  // WebCrypto takes no empty key; one that is a single zero gives the same HMAC, since keys are padded with zeros (RFC 2104 §2).
  const bytes = new Uint8Array(secret.length === 0 ? [0] : secret)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: `SHA-${algorithm.slice(2)}` }, false, ['sign'])
  return `${input}.${base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input))))}`
}
