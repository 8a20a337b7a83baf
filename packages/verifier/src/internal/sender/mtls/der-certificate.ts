import { decodeBase64url } from '../../base64url.js'

/**
 * Decodes a certificate from base64, if it has the outer form of one. Strict: the standard alphabet, padded, without white
 * space or unused bits that are not zero (RFC 4648 §4); `undefined` for anything else.
 */
export function decodeCertificate(base64: string): Uint8Array | undefined {
  if (base64.length % 4 !== 0 || /[-_]/.test(base64)) return undefined
  const unpadded = base64.replace(/={1,2}$/, '')
  const bytes = decodeBase64url(unpadded.replaceAll('+', '-').replaceAll('/', '_'))
  return bytes !== undefined && isOneSequence(bytes) ? bytes : undefined
}

/**
 * Whether the bytes are exactly one DER SEQUENCE, as every certificate is, so that nothing can follow the certificate. Its
 * content is not checked.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 RFC 5280 §4.1}
 */
export function isOneSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes
  if (tag !== 0x30) return false
  if (first < 0x80) return bytes.length === 2 + first
  const lengthBytes = bytes.subarray(2, 2 + first - 0x80)
  // The bounds of the headers need two bytes of length, and three leave room. 0x80, of indefinite length, is not DER.
  if (lengthBytes.length < 1 || lengthBytes.length > 3 || lengthBytes.length !== first - 0x80) return false
  const length = lengthBytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const isShortest = length >= 0x80 && lengthBytes[0] !== 0
  return isShortest && bytes.length === 2 + lengthBytes.length + length
}
