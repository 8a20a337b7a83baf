import { Buffer } from 'node:buffer'
import { constants, createHash, createPublicKey, createVerify, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto'
import type { JWK } from 'jose'
import type { SigningAlgorithm } from '../../algorithms.js'
import { derSignatureOf } from './der-signature.js'
import { createThreadPlaces } from './thread-places.js'

/** A public key with its parameters for `verify`. It cannot be used with another algorithm. */
export interface PlatformKey {
  readonly input: KeyObject | VerifyKeyObjectInput
  /** `null` if the algorithm includes its own hash. */
  readonly hash: string | null
  /** Whether a verification is so cheap that handing it to another thread would cost more. */
  readonly isCheap: boolean
  /** Converts canonical base64url to the bytes that `verify` takes; `undefined` if it is not a signature of this algorithm. */
  readonly readSignature: (text: string) => Uint8Array | undefined
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
const raw = { dsaEncoding: 'ieee-p1363' } as const

const forms: Readonly<
  Record<
    SigningAlgorithm,
    Pick<PlatformKey, 'hash' | 'readSignature'> & { readonly parameters: Omit<VerifyKeyObjectInput, 'key'> | undefined }
  >
> = {
  RS256: { hash: 'sha256', readSignature: decodeKnownBase64url, parameters: undefined },
  RS384: { hash: 'sha384', readSignature: decodeKnownBase64url, parameters: undefined },
  RS512: { hash: 'sha512', readSignature: decodeKnownBase64url, parameters: undefined },
  PS256: { hash: 'sha256', readSignature: decodeKnownBase64url, parameters: pss },
  PS384: { hash: 'sha384', readSignature: decodeKnownBase64url, parameters: pss },
  PS512: { hash: 'sha512', readSignature: decodeKnownBase64url, parameters: pss },
  // Two numbers of the size of the curve, never DER (RFC 7518 §3.4).
  ES256: { hash: 'sha256', readSignature: derSignatureOf, parameters: undefined },
  ES384: { hash: 'sha384', readSignature: bytesOfLength(96), parameters: raw },
  ES512: { hash: 'sha512', readSignature: bytesOfLength(132), parameters: raw },
  EdDSA: { hash: null, readSignature: bytesOfLength(64), parameters: undefined },
  Ed25519: { hash: null, readSignature: bytesOfLength(64), parameters: undefined },
}

/**
 * Imports the key for one algorithm. Synchronous here; the type is that of all platforms, since callers are compiled against
 * this file.
 *
 * @throws if the platform does not accept the key material
 */
export function importKey(jwk: Readonly<JWK>, algorithm: SigningAlgorithm): PlatformKey | Promise<PlatformKey> {
  const { hash, readSignature, parameters } = forms[algorithm]
  // A key that OpenSSL parsed from DER verifies about 0.3 µs faster than one that Node assembled from its numbers.
  const spki = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  const key: KeyObject = createPublicKey({ key: spki, type: 'spki', format: 'der' })
  return Object.freeze({
    hash,
    readSignature,
    isCheap: isCheap(key),
    input: parameters === undefined ? key : Object.freeze({ key, ...parameters }),
  })
}

/** About 0.1 ms or less. Anybody can send a token with a bad signature, so more expensive ones must not block the event loop. */
function isCheap({
  asymmetricKeyType,
  asymmetricKeyDetails: { modulusLength = 0, publicExponent = 0n, namedCurve } = {},
}: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return modulusLength <= 4096 && publicExponent <= 65_537n
  return asymmetricKeyType === 'ed25519' || namedCurve === 'prime256v1'
}

/** Twice the default number of threads, so that none is idle. */
const inThread = createThreadPlaces({ places: 8 })

/**
 * Whether the key made the signature of a compact JWS whose parts are base64url. Synchronous if that is cheap, else in another
 * thread.
 */
export function isSignedBy(
  { hash, readSignature, input, isCheap: atOnce }: PlatformKey,
  _algorithm: SigningAlgorithm,
  token: string,
): boolean | Promise<boolean> {
  const end = token.lastIndexOf('.')
  const signature = readSignature(token.slice(end + 1))
  if (signature === undefined) return false
  // In every release of Node up to 24, this takes about 1 µs less than `verify`.
  if (atOnce && hash !== null) return createVerify(hash).update(token.slice(0, end), 'latin1').verify(input, signature)
  const signed = Buffer.from(token.slice(0, end), 'latin1')
  if (atOnce) return verify(hash, signed, input, signature)
  return inThread(
    () =>
      new Promise((resolve, reject) => {
        verify(hash, signed, input, signature, (error, result) => (error ? reject(error) : resolve(result)))
      }),
  )
}

function bytesOfLength(length: number): PlatformKey['readSignature'] {
  return (text) => {
    const bytes = decodeKnownBase64url(text)
    return bytes.length === length ? bytes : undefined
  }
}

/** For synchronous use: nothing else runs before it is done. It saves an allocation per token. */
const scratch = Buffer.allocUnsafeSlow(16_384)

/** Decoders look only at the lower half of such a unit. V8 knows a string without any as such, and does not search it. */
const twoByteUnit = /[\u0100-\uffff]/

/**
 * Whether a text is in the base64url alphabet, given a length that is possible for base64url. Decoding skips characters of
 * neither base64 alphabet, and so returns too few bytes. That is several times as fast as matching.
 */
export function hasBase64urlAlphabet(text: string): boolean {
  const bytes = Math.floor((text.length * 3) / 4)
  if (bytes > scratch.length) return /^[\w-]*$/.test(text)
  return scratch.write(text, 'base64url') === bytes && !text.includes('+') && !text.includes('/') && !twoByteUnit.test(text)
}

/** Decodes text that is known to be canonical base64url. */
export function decodeKnownBase64url(text: string): Uint8Array {
  return Buffer.from(text, 'base64url')
}

/** A byte order mark is kept as a character. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes canonical base64url to the UTF-8 text that it holds.
 *
 * @throws {TypeError} for bytes that are not UTF-8
 */
export function decodeKnownBase64urlText(text: string): string {
  if (text.length > scratch.length) return utf8.decode(Buffer.from(text, 'base64url'))
  const bytes = scratch.write(text, 'base64url')
  const decoded = scratch.toString('utf8', 0, bytes)
  // Invalid UTF-8 becomes this character, which may also be in the text.
  return decoded.includes('\uFFFD') ? utf8.decode(scratch.subarray(0, bytes)) : decoded
}

/** The SHA-256 of bytes, or of a text in UTF-8, as base64url. Synchronous here; the type is that of all platforms. */
export function sha256(data: string | Uint8Array): string | Promise<string> {
  return createHash('sha256').update(data).digest('base64url')
}
