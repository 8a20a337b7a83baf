import { sha256Base64url } from '../sha256.js'

/** Whether a text can be an S256 challenge: the base64url of a SHA-256 hash. */
export function isCodeChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Whether a text can be a code verifier: 43 to 128 unreserved characters (RFC 7636 §4.1). */
export function isCodeVerifier(text: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(text)
}

/** The S256 challenge of a code verifier (RFC 7636 §4.2). */
export function codeChallenge(verifier: string): Promise<string> {
  return sha256Base64url(verifier)
}
