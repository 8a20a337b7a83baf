/**
 * Writes the few types of ASN.1 that a certificate is made of, in DER. Nothing is read here: what others send is read by OpenSSL.
 *
 * @see {@link https://www.itu.int/rec/T-REC-X.690 X.690 §8 and §10}
 */
export const der = {
  sequence: (...items: readonly Uint8Array[]) => element(0x30, ...items),
  set: (...items: readonly Uint8Array[]) => element(0x31, ...items),
  /** An unsigned integer, big-endian. */
  integer: (bytes: Uint8Array) => element(0x02, (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), bytes),
  true: () => element(0x01, Uint8Array.of(0xff)),
  octetString: (...items: readonly Uint8Array[]) => element(0x04, ...items),
  /** Whole bytes, or with `unusedBits` ones that end in the last. */
  bitString: (bytes: Uint8Array, unusedBits = 0) => element(0x03, Uint8Array.of(unusedBits), bytes),
  utf8String: (text: string) => element(0x0c, new TextEncoder().encode(text)),
  objectIdentifier: (dotted: string) => element(0x06, Uint8Array.from(encodeArcs(dotted.split('.').map(Number)))),
  /** To the second; in the form that RFC 5280 §4.1.2.5 has for its year. */
  time: (date: Date) => {
    const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
    const inCentury = date.getUTCFullYear() < 2050
    return element(inCentury ? 0x17 : 0x18, new TextEncoder().encode(inCentury ? digits.slice(2) : digits))
  },
  /** `[number]`, around other elements. */
  explicit: (number: number, ...items: readonly Uint8Array[]) => element(0xa0 + number, ...items),
  /** `[number] IMPLICIT`, in the place of a primitive type's own tag. */
  implicit: (number: number, bytes: Uint8Array) => element(0x80 + number, bytes),
} as const

function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, { length: part }) => sum + part, 0)
  const bytes = [Uint8Array.of(tag, ...encodeLength(length)), ...contents]
  const whole = new Uint8Array(bytes.reduce((sum, { length: part }) => sum + part, 0))
  let offset = 0
  for (const part of bytes) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

function encodeLength(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}

function encodeArcs([first = 0, second = 0, ...more]: readonly number[]): readonly number[] {
  return [first * 40 + second, ...more].flatMap((arc) => {
    const digits = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 + (rest % 128))
    return digits
  })
}
