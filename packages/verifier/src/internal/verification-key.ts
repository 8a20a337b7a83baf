import { isJsonObject, isThenable } from '@bailiwick/protocol'
import { importKey, isSignedBy, type PlatformKey } from '#platform'
import type { JWK } from 'jose'
import { isSigningAlgorithm, type SigningAlgorithm } from '../algorithms.js'
import type { VerificationKey } from '../key-source.js'
import { algorithmsOfType } from './key-algorithms.js'
import { quote } from './quote.js'

/** A key that can be checked by the platform before a token comes. */
export interface UsableKey extends VerificationKey {
  /** Rejects if the platform does not accept the key material. */
  check(): Promise<void>
}

/** Why an entry of a key set cannot be used. */
export interface UnusableKey {
  readonly kid: string | undefined
  readonly reason: string
}

const publicMembers = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']
/** The private members of RFC 7518 §6.2.2 and §6.3.2, and the symmetric one of §6.4.1. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Parses one entry of a key set. Its own restrictions are honoured: `use`, `key_ops`, `alg`, and the algorithms that fit its
 * type, curve and size.
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

export function isUsable(key: UsableKey | UnusableKey): key is UsableKey {
  return 'signed' in key
}

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
  // The key and not its promise: on Workers a promise dies with the request that created it.
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
