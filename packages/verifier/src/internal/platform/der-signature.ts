import { Buffer } from 'node:buffer'

/** The size of each number in a P-256 signature, and of the DER head of a number or sequence. */
const numberBytes = 32
const headBytes = 2
const signByte = 1

/** The largest encoding. A signature is used before the next is made, so one buffer is enough. */
const end = headBytes + 2 * (headBytes + signByte + numberBytes)
const scratch = Buffer.allocUnsafeSlow(end)

/** Its last bytes, by their number. */
const tails = Array.from({ length: end + 1 }, (_, length) => scratch.subarray(end - length))

/**
 * Converts the signature of an ES256 token to DER, which OpenSSL reads. Node can convert it too, through OpenSSL's own objects,
 * which takes about 0.6 µs more.
 *
 * @param text base64url
 * @returns bytes that are valid until the next call; `undefined` unless the signature is two numbers of 32 bytes (RFC 7518
 *   §3.4)
 * @see {@link https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 RFC 3279 §2.2.3}
 */
export function derSignatureOf(text: string): Uint8Array | undefined {
  if (text.length !== Math.ceil((2 * numberBytes * 4) / 3)) return undefined
  // With fewer bytes, the rest of the previous signature would be left in the buffer.
  if (scratch.write(text, end - 2 * numberBytes, 'base64url') !== 2 * numberBytes) return undefined
  // The second number is in its final place already. The first makes room for the head of the second, and moves up if the second
  // is short.
  const first = startOf(end - 2 * numberBytes, end - numberBytes)
  const second = startOf(end - numberBytes, end)
  const firstEnd = second - signBytesOf(second) - headBytes
  const moved = firstEnd - (end - numberBytes - first)
  scratch.copyWithin(moved, first, end - numberBytes)
  putHead(0x02, second - putSign(second), end)
  const list = putHead(0x02, moved - putSign(moved), firstEnd)
  return tails[end - putHead(0x30, list, end)]
}

/** Where the number between the two positions begins, without leading zeros. Zero itself keeps one. */
function startOf(start: number, limit: number): number {
  let at = start
  while (at < limit - 1 && scratch[at] === 0) at += 1
  return at
}

/** A leading zero, if the first bit is set: otherwise the number would be negative. */
function signBytesOf(start: number): number {
  return (scratch[start] ?? 0) >> 7
}

function putSign(start: number): number {
  const bytes = signBytesOf(start)
  if (bytes > 0) scratch[start - bytes] = 0
  return bytes
}

/** @returns where the head begins */
function putHead(tag: number, start: number, limit: number): number {
  scratch[start - 1] = limit - start
  scratch[start - 2] = tag
  return start - headBytes
}
