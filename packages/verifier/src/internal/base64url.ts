import { decodeKnownBase64url, hasBase64urlAlphabet } from '#platform'

/**
 * Decodes canonical base64url; `undefined` for anything else: padding, white space, unused bits that are not zero. Each byte
 * string has exactly one encoding, so a token cannot have a second spelling.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-2 RFC 7515 §2}
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  return isBase64url(text) ? decodeKnownBase64url(text) : undefined
}

/** Whether `decodeBase64url` would return bytes. The empty text is valid. */
export function isBase64url(text: string): boolean {
  return hasNoUnusedBits(text) && hasBase64urlAlphabet(text)
}

/** For text in the right alphabet: whether its length is possible and its unused bits are zero. */
function hasNoUnusedBits(text: string): boolean {
  const unused = text.length % 4
  if (unused === 0) return true
  if (unused === 1) return false
  return (unused === 2 ? 'AQgw' : 'AEIMQUYcgkosw048').includes(text.charAt(text.length - 1))
}
