import { isJsonObject } from '@bailiwick/protocol'
import { type SigningAlgorithm, signingAlgorithms } from '../algorithms.js'
import type { KeyHint } from '../key-source.js'
import { isUnusable, isUsable, parseVerificationKey, type UnusableKey, type UsableKey } from './verification-key.js'

/**
 * `unknown`: no key fits, though a newer key set may have one; `broken` is why the entry that has the `kid` is none. `unsuitable`:
 * the named key is there, and must not be used.
 */
export type KeySelection =
  | { readonly kind: 'keys'; readonly keys: readonly UsableKey[] }
  | { readonly kind: 'unknown'; readonly broken?: string }
  | { readonly kind: 'unsuitable'; readonly reason: string }

/** The keys of a JWK Set that can be used, and the entries that cannot. */
export interface KeySet {
  readonly keys: readonly UsableKey[]
  readonly unusable: readonly UnusableKey[]
  /**
   * The keys that may have signed a token: those with its `kid`, or else those without one; all that fit if the token has none.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4 RFC 7515 §4.1.4} (`kid` is a hint)
   */
  select(hint: KeyHint): KeySelection
}

/** Where the `kid` does not choose one key, so many signatures are tried at most. */
const maxCandidates = 4

/**
 * Reads a JWK Set. Entries that cannot be used are left out, with the reason kept; a document that is no JWK Set throws.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export function parseKeySet(document: unknown, { maxKeys }: { maxKeys: number }): KeySet {
  if (!isJsonObject(document) || !Array.isArray(document.keys)) throw new Error('not a JWK Set: no array "keys"')
  if (document.keys.length > maxKeys) throw new Error(`the JWK Set has ${document.keys.length} keys, and maxKeys is ${maxKeys}`)
  const entries = document.keys.map(parseVerificationKey)
  return createKeySet(entries.filter(isUsable), entries.filter(isUnusable))
}

/** The platform has the last word: a point that is not on its curve, or a number that is none, shows only when it is imported. */
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

  // By far the most tokens name a key that is there, and are asked about again and again.
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
