import { base64url } from 'jose'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import type { SigningKey } from './signing-keys.js'

/** What goes into a compact JWS. Nothing in it is checked: forged tokens are made here too. */
export interface JwsInput {
  /** A string is the header's text as it is. */
  header: object | string
  /** A string or bytes are the payload as it is. */
  payload: object | string | Uint8Array
  /** Decides the signature algorithm; what the header's `alg` says does not. */
  key: Pick<SigningKey, 'algorithm' | 'privateKey'>
}

const encoder = new TextEncoder()

// PS256 salts are as long as the hash (RFC 7518 §3.5). WebCrypto's ECDSA signature has the form that JWS wants (§3.4).
const signatureParameters: Record<SigningAlgorithm, AlgorithmIdentifier | RsaPssParams | EcdsaParams> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
  PS256: { name: 'RSA-PSS', saltLength: 32 },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
}

/** Signs a compact JWS over any header and any payload with the given key (RFC 7515 §7.1). */
export async function signJws({ header, payload, key }: JwsInput): Promise<string> {
  const signingInput = `${encodePart(header)}.${encodePart(payload)}`
  const signature = await crypto.subtle.sign(signatureParameters[key.algorithm], key.privateKey, encoder.encode(signingInput))
  return `${signingInput}.${base64url.encode(new Uint8Array(signature))}`
}

function encodePart(part: object | string | Uint8Array): string {
  return base64url.encode(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part))
}
