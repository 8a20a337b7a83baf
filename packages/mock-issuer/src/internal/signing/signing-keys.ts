import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { JSONWebKeySet, JWK } from 'jose'
import type { SigningAlgorithm } from '../../signing-algorithm.js'

/** A key pair of the issuer. The private half cannot be exported. */
export interface SigningKey {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JWK
}

/** The keys of one issuer. No key is shared with another issuer, and none is made before it is needed: RSA keys are slow to make. */
export interface SigningKeys {
  /** The key that signs now, of the algorithm asked for; made on first use. */
  current(algorithm?: SigningAlgorithm): Promise<SigningKey>
  /** The published keys, oldest first; at least one. */
  published(): Promise<readonly SigningKey[]>
  /** Makes a key that signs from now on. The others stay published, for all algorithms, or are withdrawn. */
  rotate(options: { algorithm?: SigningAlgorithm; keepOld: boolean }): Promise<SigningKey>
  /** The keys that were published when `rotate` was last called; those that are published now, if it never was. */
  beforeRotation(): Promise<readonly SigningKey[]>
}

/** Keeps the keys of one issuer; `algorithm` is that of the key that signs when none is named. */
export function createSigningKeys(algorithm: SigningAlgorithm): SigningKeys {
  let preferred = algorithm
  let published: SigningKey[] = []
  let rotatedFrom: SigningAlgorithm | undefined
  let outdated: Promise<readonly SigningKey[]> | undefined
  const current = new Map<SigningAlgorithm, Promise<SigningKey>>()

  function currentOf(wanted: SigningAlgorithm): Promise<SigningKey> {
    const known = current.get(wanted)
    if (known !== undefined) return known
    const made = generateSigningKey(wanted).then((key) => {
      // A rotation that withdraws the old keys may have overtaken the generation of this one.
      if (current.get(wanted) === made) published.push(key)
      return key
    })
    current.set(wanted, made)
    return made
  }

  async function listPublished(): Promise<readonly SigningKey[]> {
    await currentOf(preferred)
    return [...published]
  }

  return {
    current: (wanted = preferred) => currentOf(wanted),
    published: listPublished,
    async rotate(options) {
      const key = await generateSigningKey(options.algorithm ?? preferred)
      outdated = published.length === 0 ? undefined : Promise.resolve([...published])
      rotatedFrom = preferred
      if (!options.keepOld) {
        current.clear()
        published = []
      }
      preferred = key.algorithm
      current.set(key.algorithm, Promise.resolve(key))
      published.push(key)
      return key
    },
    async beforeRotation() {
      if (rotatedFrom === undefined) return listPublished()
      // Nobody had asked for a key then, so nobody can tell that this one was made later.
      outdated ??= generateSigningKey(rotatedFrom).then((key) => [key])
      return outdated
    },
  }
}

/** The JWK set that publishes the keys (RFC 7517 §5). */
export function toJwks(keys: readonly SigningKey[]): JSONWebKeySet {
  return { keys: keys.map((key) => ({ ...key.publicJwk })) }
}

async function generateSigningKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, algorithm, privateKey, publicKey, publicJwk: { ...jwk, kid, alg: algorithm, use: 'sig' } }
}
