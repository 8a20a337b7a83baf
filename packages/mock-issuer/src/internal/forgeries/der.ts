/** Tag, length and value of one element (X.690 §8.1). */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = concatBytes(...parts)
  return concatBytes(Uint8Array.of(tag), derLength(value.length), value)
}

/** A sequence of elements. */
export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(0x30, ...parts)
}

/** A number that is not negative, of any length, from its bytes. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0)
  const digits = start === -1 ? Uint8Array.of(0) : bytes.subarray(start)
  return derElement(0x02, (digits[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), digits) : digits)
}

/** An ECDSA signature as other protocols write it, from the two plain numbers of JWS (RFC 7518 §3.4). */
export function ecdsaSignatureToDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2
  return derSequence(derInteger(signature.subarray(0, half)), derInteger(signature.subarray(half)))
}

/** Lines of base64 between two marks (RFC 7468 §2), given base64. */
export function toPem(label: string, base64: string): string {
  return [`-----BEGIN ${label}-----`, ...(base64.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join('\n')
}

/** Base64 with padding, not base64url. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The bytes of all parts, one after the other. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff)
}
