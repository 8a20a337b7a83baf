import { isJsonObject, isThenable } from '@bailiwick/protocol'
import { importKey, isSignedBy, type PlatformKey } from '#platform'
import type { JWK } from 'jose'
import { isSigningAlgorithm, type SigningAlgorithm } from '../algorithms.js'
import type { VerificationKey } from '../key-source.js'
import { algorithmsOfType } from './key-algorithms.js'
import { quote } from './quote.js'

/** A key whose numbers the platform may be asked about before a token comes. */
export interface UsableKey extends VerificationKey {
  /** Rejects when the platform does not take them for a key. */
  check(): Promise<void>
}

/** Why an entry of a key set is not used. */
export interface UnusableKey {
  readonly kid: string | undefined
  readonly reason: string
}

const publicMembers = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']
/** The private members of RFC 7518 §6.2.2 and §6.3.2, and the symmetric one of §6.4.1. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Reads one entry of a key set. What the entry says of its own use is kept to: `use`, `key_ops`, `alg`, and the algorithms
 * that fit its type, curve and size.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-4 RFC 7517 §4}
 */
export function parseVerificationKey(entry: unknown): UsableKey | UnusableKey {
  if (!isJsonObject(entry)) return { kid: undefined, reason: 'the entry is not a JSON object' }
  const kid = typeof entry.kid === 'string' ? entry.kid : undefined
  const reason = whyUnusable(entry)
  if (reason !== undefined) return { kid, reason }
  const fitting = algorithmsOfType(entry)
  if (typeof fitting === 'string') return { kid, reason: fitting }
  const algorithms = entry.alg === undefined ? fitting : fitting.filter((algorithm) => algorithm === entry.alg)
  if (algorithms.length === 0) return { kid, reason: `its alg ${quote(entry.alg)} does not fit its type` }
  return createKey(kid, algorithms, withoutOtherMembers(entry))
}

/** Tells the keys among the entries. */
export function isUsable(key: UsableKey | UnusableKey): key is UsableKey {
  return 'signed' in key
}

/** Tells the other entries. */
export function isUnusable(key: UsableKey | UnusableKey): key is UnusableKey {
  return 'reason' in key
}

function whyUnusable(entry: Record<string, unknown>): string | undefined {
  if (entry.kid !== undefined && typeof entry.kid !== 'string') return 'its kid is not a string'
  if (entry.use !== undefined && entry.use !== 'sig') return `its use is ${quote(entry.use)}`
  if (entry.key_ops !== undefined && !(Array.isArray(entry.key_ops) && entry.key_ops.includes('verify'))) {
    return 'its key_ops do not hold "verify"'
  }
  if (entry.alg !== undefined && !isSigningAlgorithm(entry.alg)) return `its alg is ${quote(entry.alg)}`
  if (secretMembers.some((name) => entry[name] !== undefined)) return 'it is not a public key: what is published is not secret'
  return undefined
}

function withoutOtherMembers(entry: Record<string, unknown>): Readonly<JWK> {
  const jwk: Record<string, unknown> = {}
  for (const name of publicMembers) {
    if (entry[name] !== undefined) jwk[name] = entry[name]
  }
  return Object.freeze(jwk)
}

function createKey(kid: string | undefined, algorithms: readonly SigningAlgorithm[], jwk: Readonly<JWK>): UsableKey {
  // Not the promise of a key: Workers end it with the request that began it.
  const imported = new Map<SigningAlgorithm, PlatformKey>()
  const importFor = (algorithm: SigningAlgorithm): PlatformKey | Promise<PlatformKey> => {
    const known = imported.get(algorithm)
    if (known !== undefined) return known
    const key = importKey(jwk, algorithm)
    const keep = (ready: PlatformKey) => {
      imported.set(algorithm, ready)
      return ready
    }
    return isThenable(key) ? key.then(keep) : keep(key)
  }
  return {
    kid,
    algorithms,
    jwk,
    signed(token, algorithm) {
      const key = importFor(algorithm)
      return isThenable(key) ? key.then((ready) => isSignedBy(ready, algorithm, token)) : isSignedBy(key, algorithm, token)
    },
    async check() {
      for (const algorithm of algorithms.slice(0, 1)) await importFor(algorithm)
    },
  }
}
