import { isJsonObject } from '@bailiwick/protocol'
import { type SigningAlgorithm, signingAlgorithms } from '../algorithms.js'
import type { KeyHint } from '../key-source.js'
import { isUnusable, isUsable, parseVerificationKey, type UnusableKey, type UsableKey } from './verification-key.js'

/**
 * `unknown`: no key fits, but a newer key set may have one; `broken` says why the entry with the `kid` is not usable.
 * `unsuitable`: the named key exists, but must not be used.
 */
export type KeySelection =
  | { readonly kind: 'keys'; readonly keys: readonly UsableKey[] }
  | { readonly kind: 'unknown'; readonly broken?: string }
  | { readonly kind: 'unsuitable'; readonly reason: string }

/** The usable keys of a JWK Set, and its unusable entries. */
export interface KeySet {
  readonly keys: readonly UsableKey[]
  readonly unusable: readonly UnusableKey[]
  /**
   * The keys that may have signed a token: those with its `kid`, or else those without one; if the token has none, all that
   * fit.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4 RFC 7515 §4.1.4} (`kid` is a hint)
   */
  select(hint: KeyHint): KeySelection
}

/** The maximum number of signature verifications per token, if the `kid` does not select a single key. */
const maxCandidates = 4

/**
 * Parses a JWK Set. Unusable entries are set aside with the reason. Throws if the document is not a JWK Set.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export function parseKeySet(document: unknown, { maxKeys }: { maxKeys: number }): KeySet {
  if (!isJsonObject(document) || !Array.isArray(document.keys)) throw new Error('not a JWK Set: no array "keys"')
  if (document.keys.length > maxKeys) throw new Error(`the JWK Set has ${document.keys.length} keys, and maxKeys is ${maxKeys}`)
  const entries = document.keys.map(parseVerificationKey)
  return createKeySet(entries.filter(isUsable), entries.filter(isUnusable))
}

/** Sets aside the keys that the platform rejects on import, such as a point that is not on its curve. */
export async function withoutBrokenKeys({ keys, unusable }: KeySet): Promise<KeySet> {
  const entries = await Promise.all(keys.map(orUnusable))
  const broken = entries.filter(isUnusable)
  return createKeySet(entries.filter(isUsable), [...unusable, ...broken])
}

async function orUnusable(key: UsableKey): Promise<UsableKey | UnusableKey> {
  try {
    await key.check()
    return key
  } catch {
    return { kid: key.kid, reason: 'the platform does not take it for a key' }
  }
}

function createKeySet(keys: readonly UsableKey[], unusable: readonly UnusableKey[]): KeySet {
  const byKid = new Map<string | undefined, UsableKey[]>()
  for (const key of keys) {
    const same = byKid.get(key.kid)
    if (same === undefined) byKid.set(key.kid, [key])
    else same.push(key)
  }

  // Nearly all tokens name a key that is there, so selections are cached.
  const selections = new Map<string, Map<SigningAlgorithm, KeySelection>>()
  for (const [kid, named] of byKid) {
    if (kid !== undefined) selections.set(kid, new Map(signingAlgorithms.map((alg) => [alg, selectAmong(named, alg)])))
  }

  return { keys, unusable, select }

  function select({ alg, kid }: KeyHint): KeySelection {
    if (kid === undefined) return selectAmong(keys, alg, { kind: 'unknown' })
    const selection = selections.get(kid)?.get(alg)
    if (selection !== undefined) return selection
    const broken = unusable.find((key) => key.kid === kid)
    if (broken !== undefined) return { kind: 'unknown', broken: broken.reason }
    return selectAmong(byKid.get(undefined) ?? [], alg, { kind: 'unknown' })
  }
}

function selectAmong(
  candidates: readonly UsableKey[],
  alg: SigningAlgorithm,
  otherwise: KeySelection = { kind: 'unsuitable', reason: `it is not for ${alg}` },
): KeySelection {
  const fitting = candidates.filter((key) => key.algorithms.includes(alg)).slice(0, maxCandidates)
  return fitting.length > 0 ? { kind: 'keys', keys: fitting } : otherwise
}
