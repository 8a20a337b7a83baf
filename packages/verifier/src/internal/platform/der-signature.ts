import { Buffer } from 'node:buffer'

/** Of each of the two numbers in a signature with P-256, and of what DER puts before a number or a list. */
const numberBytes = 32
const headBytes = 2
const signByte = 1

/** The largest form. A signature is used before the next one comes, so that there need be but one of these. */
const end = headBytes + 2 * (headBytes + signByte + numberBytes)
const scratch = Buffer.allocUnsafeSlow(end)

/** The last bytes of it, by how many they are. */
const tails = Array.from({ length: end + 1 }, (_, length) => scratch.subarray(end - length))

/**
 * The signature of an ES256 token as OpenSSL reads it, in DER. Node makes one form of the other too, by way of OpenSSL's own objects,
 * which takes about 0.6 µs more.
 *
 * @param text base64url
 * @returns bytes that last until the next call; `undefined` unless there are two numbers of 32 bytes (RFC 7518 §3.4)
 * @see {@link https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 RFC 3279 §2.2.3}
 */
export function derSignatureOf(text: string): Uint8Array | undefined {
  if (text.length !== Math.ceil((2 * numberBytes * 4) / 3)) return undefined
  // With fewer bytes, what is left of the signature before would be taken for the rest of this one.
  if (scratch.write(text, end - 2 * numberBytes, 'base64url') !== 2 * numberBytes) return undefined
  // The second number is where it will be. The first makes room for the head of the second, and moves up if that is a short one.
  const first = startOf(end - 2 * numberBytes, end - numberBytes)
  const second = startOf(end - numberBytes, end)
  const firstEnd = second - signBytesOf(second) - headBytes
  const moved = firstEnd - (end - numberBytes - first)
  scratch.copyWithin(moved, first, end - numberBytes)
  putHead(0x02, second - putSign(second), end)
  const list = putHead(0x02, moved - putSign(moved), firstEnd)
  return tails[end - putHead(0x30, list, end)]
}

/** Where the number begins that lies between the two, without the zeros before it. Zero itself is one of them. */
function startOf(start: number, limit: number): number {
  let at = start
  while (at < limit - 1 && scratch[at] === 0) at += 1
  return at
}

/** What keeps a number from being negative: a zero, where its first bit is set. */
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
