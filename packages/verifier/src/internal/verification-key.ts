import { isJsonObject } from '@bailiwick/protocol'
import { importJWK, type JWK } from 'jose'
import { isSigningAlgorithm, type SigningAlgorithm } from '../algorithms.js'
import type { VerificationKey } from '../key-source.js'
import { quote } from './quote.js'

/** Why an entry of a key set is not used. */
export interface UnusableKey {
  readonly kid: string | undefined
  readonly reason: string
}

const rsaAlgorithms: readonly SigningAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const curveAlgorithms: Readonly<Record<string, readonly SigningAlgorithm[]>> = {
  'EC P-256': ['ES256'],
  'EC P-384': ['ES384'],
  'EC P-521': ['ES512'],
  'OKP Ed25519': ['EdDSA', 'Ed25519'],
}
const minRsaBits = 2048
/** Larger moduli make each signature cost milliseconds, and nobody issues them. */
const maxRsaBits = 8192

/**
 * Reads one entry of a key set. What the entry says of its own use is kept to: `use`, `key_ops`, `alg`, and the algorithms
 * that fit its type, curve and size.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-4 RFC 7517 §4}, {@link https://www.rfc-editor.org/rfc/rfc7518#section-6 RFC 7518 §6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.5 RFC 8725 §3.5}
 */
export function parseVerificationKey(entry: unknown): VerificationKey | UnusableKey {
  if (!isJsonObject(entry)) return { kid: undefined, reason: 'the entry is not a JSON object' }
  const kid = typeof entry.kid === 'string' ? entry.kid : undefined
  const reason = whyUnusable(entry)
  if (reason !== undefined) return { kid, reason }
  const fitting = algorithmsOfType(entry)
  if (typeof fitting === 'string') return { kid, reason: fitting }
  const algorithms = entry.alg === undefined ? fitting : fitting.filter((algorithm) => algorithm === entry.alg)
  if (algorithms.length === 0) return { kid, reason: `its alg ${quote(entry.alg)} does not fit its type` }
  return createKey(kid, algorithms, publicMembers(entry))
}

export function isUsable(key: VerificationKey | UnusableKey): key is VerificationKey {
  return 'import' in key
}

export function isUnusable(key: VerificationKey | UnusableKey): key is UnusableKey {
  return 'reason' in key
}

function whyUnusable(entry: Record<string, unknown>): string | undefined {
  if (entry.kid !== undefined && typeof entry.kid !== 'string') return 'its kid is not a string'
  if (entry.use !== undefined && entry.use !== 'sig') return `its use is ${quote(entry.use)}`
  if (entry.key_ops !== undefined && !(Array.isArray(entry.key_ops) && entry.key_ops.includes('verify'))) {
    return 'its key_ops do not hold "verify"'
  }
  if (entry.alg !== undefined && !isSigningAlgorithm(entry.alg)) return `its alg is ${quote(entry.alg)}`
  if ('d' in entry || 'k' in entry) return 'it is not a public key: what is published is not secret'
  return undefined
}

function algorithmsOfType(entry: Record<string, unknown>): readonly SigningAlgorithm[] | string {
  if (entry.kty === 'RSA') {
    if (typeof entry.n !== 'string' || typeof entry.e !== 'string') return 'its modulus or exponent is missing'
    const bits = bitLength(entry.n)
    return bits >= minRsaBits && bits <= maxRsaBits ? rsaAlgorithms : `its RSA modulus has ${bits} bits`
  }
  const type = `${String(entry.kty)} ${String(entry.crv)}`
  const algorithms = Object.hasOwn(curveAlgorithms, type) ? curveAlgorithms[type] : undefined
  if (algorithms === undefined) return `its type ${quote(type)} is not supported`
  if (typeof entry.x !== 'string' || (entry.kty === 'EC' && typeof entry.y !== 'string')) return 'a coordinate is missing'
  return algorithms
}

/** Of a base64url number, with leading zero bytes not counted. */
function bitLength(encoded: string): number {
  const start = encoded.search(/[^A]/)
  if (start === -1) return 0
  const first = alphabet.indexOf(encoded.charAt(start))
  if (first === -1) return 0
  const bitsBefore = start * 6 + (Math.clz32(first) - 26)
  const totalBits = Math.floor((encoded.length * 6) / 8) * 8
  return totalBits - bitsBefore
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function publicMembers(entry: Record<string, unknown>): JWK {
  const jwk: Record<string, unknown> = {}
  for (const name of ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']) {
    if (entry[name] !== undefined) jwk[name] = entry[name]
  }
  return jwk as JWK
}

function createKey(kid: string | undefined, algorithms: readonly SigningAlgorithm[], jwk: JWK): VerificationKey {
  const imported = new Map<SigningAlgorithm, Promise<CryptoKey>>()
  return {
    kid,
    algorithms,
    jwk,
    import(algorithm) {
      let key = imported.get(algorithm)
      if (key === undefined) {
        key = importJWK(jwk, algorithm) as Promise<CryptoKey>
        imported.set(algorithm, key)
      }
      return key
    },
  }
}
