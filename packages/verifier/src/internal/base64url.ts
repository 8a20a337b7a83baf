import { decodeKnownBase64url, hasBase64urlAlphabet } from '#platform'

/**
 * The bytes of a base64url text without padding, white space or bits that are thrown away; `undefined` for any other text. One
 * byte string has one spelling, so that two spellings of a token cannot count as two tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-2 RFC 7515 §2}
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  return isBase64url(text) ? decodeKnownBase64url(text) : undefined
}

/** Whether `decodeBase64url` would give bytes. The empty text is the spelling of no bytes. */
export function isBase64url(text: string): boolean {
  return hasNoUnusedBits(text) && hasBase64urlAlphabet(text)
}

/** Of a text in the right alphabet: whether its length is possible, and its last character says nothing that is thrown away. */
function hasNoUnusedBits(text: string): boolean {
  const unused = text.length % 4
  if (unused === 0) return true
  if (unused === 1) return false
  return (unused === 2 ? 'AQgw' : 'AEIMQUYcgkosw048').includes(text.charAt(text.length - 1))
}
