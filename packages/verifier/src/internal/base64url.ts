import { decodeKnownBase64url } from '#platform'

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
  if (!/^[\w-]*$/.test(text)) return false
  const unused = text.length % 4
  if (unused === 0) return true
  if (unused === 1) return false
  const last = alphabet.indexOf(text.charAt(text.length - 1))
  return (last & (unused === 2 ? 0b1111 : 0b11)) === 0
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
