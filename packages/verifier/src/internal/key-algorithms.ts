import type { SigningAlgorithm } from '../algorithms.js'
import { decodeBase64url, isBase64url } from './base64url.js'
import { quote } from './quote.js'

const rsaAlgorithms: readonly SigningAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const curveAlgorithms: Readonly<Record<string, readonly SigningAlgorithm[]>> = {
  'EC P-256': ['ES256'],
  'EC P-384': ['ES384'],
  'EC P-521': ['ES512'],
  'OKP Ed25519': ['EdDSA', 'Ed25519'],
}
const minRsaBits = 2048
/** With a larger modulus each verification takes milliseconds, and nobody issues such keys. */
const maxRsaBits = 8192
/** With a larger exponent a verification costs as much as a signature. In practice it is 65,537. */
const maxExponentBits = 64

/**
 * The algorithms that a key fits by its type, curve and size, or why there are none. Whether a point is on its curve is left to
 * the platform.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-6 RFC 7518 §6},
 *   {@link https://www.rfc-editor.org/rfc/rfc8037#section-2 RFC 8037 §2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.5 RFC 8725 §3.5}
 */
export function algorithmsOfType(entry: Readonly<Record<string, unknown>>): readonly SigningAlgorithm[] | string {
  const { kty, crv, n, e, x, y } = entry
  if (kty === 'RSA') return whyWeak(numberOf(n), numberOf(e)) ?? rsaAlgorithms
  const type = typeof kty === 'string' && typeof crv === 'string' ? `${kty} ${crv}` : ''
  const algorithms = Object.hasOwn(curveAlgorithms, type) ? curveAlgorithms[type] : undefined
  if (algorithms === undefined) return `its type (kty ${quote(kty)}, crv ${quote(crv)}) is not supported`
  if (!isCoordinate(x) || (kty === 'EC' && !isCoordinate(y))) return 'a coordinate is missing, or is not base64url'
  return algorithms
}

function whyWeak(modulus: Uint8Array | undefined, exponent: Uint8Array | undefined): string | undefined {
  if (modulus === undefined || exponent === undefined) return 'its modulus or exponent is missing, or is not base64url'
  const bits = bitLength(modulus)
  if (bits < minRsaBits || bits > maxRsaBits) return `its RSA modulus has ${bits} bits, not ${minRsaBits} to ${maxRsaBits}`
  // With an exponent of 1 anybody can sign; an even one is not valid for RSA.
  const isOdd = ((exponent.at(-1) ?? 0) & 1) === 1
  const exponentBits = bitLength(exponent)
  return isOdd && exponentBits > 1 && exponentBits <= maxExponentBits ? undefined : 'its RSA exponent is 1, even, or too large'
}

function numberOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' && value !== '' ? decodeBase64url(value) : undefined
}

function isCoordinate(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isBase64url(value)
}

/** Leading zero bytes do not count. */
function bitLength(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => byte !== 0)
  return start === -1 ? 0 : (bytes.length - start) * 8 - (Math.clz32(bytes[start] ?? 0) - 24)
}
