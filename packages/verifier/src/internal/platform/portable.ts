import { base64url, compactVerify, type CryptoKey, errors, importJWK, type JWK } from 'jose'
import type { SigningAlgorithm } from '../../algorithms.js'

/** A public key of WebCrypto. */
export type PlatformKey = CryptoKey

/**
 * Imports the key for one algorithm.
 *
 * @throws if the platform does not accept the key material
 */
export async function importKey(jwk: Readonly<JWK>, algorithm: SigningAlgorithm): Promise<PlatformKey> {
  const key = await importJWK(jwk, algorithm)
  if (key instanceof Uint8Array) throw new TypeError('a secret is not a public key')
  return key
}

/** Whether the key made the signature of a compact JWS whose parts are base64url. */
export async function isSignedBy(key: PlatformKey, algorithm: SigningAlgorithm, token: string): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [algorithm] })
    return true
  } catch (error) {
    // An error of jose itself means that the token is bad; any other is the fault of the key or the platform.
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}

/** Whether a text is in the base64url alphabet, given a length that is possible for base64url. */
export function hasBase64urlAlphabet(text: string): boolean {
  return /^[\w-]*$/.test(text)
}

/** Decodes text that is known to be canonical base64url. */
export function decodeKnownBase64url(text: string): Uint8Array {
  return base64url.decode(text)
}

/** A byte order mark is kept as a character. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes canonical base64url to the UTF-8 text that it holds.
 *
 * @throws {TypeError} for bytes that are not UTF-8
 */
export function decodeKnownBase64urlText(text: string): string {
  return utf8.decode(base64url.decode(text))
}

/** The SHA-256 of bytes, or of a text in UTF-8, as base64url. */
export async function sha256(data: string | Uint8Array): Promise<string> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data)
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
