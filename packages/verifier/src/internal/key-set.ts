import { isJsonObject } from '@bailiwick/protocol'
import type { KeyHint, VerificationKey } from '../key-source.js'
import { isUnusable, isUsable, parseVerificationKey, type UnusableKey } from './verification-key.js'

/** `unknown`: no key fits, though a newer key set may have one. `unsuitable`: the named key is there, and must not be used. */
export type KeySelection =
  | { readonly kind: 'keys'; readonly keys: readonly VerificationKey[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unsuitable'; readonly reason: string }

export interface KeySet {
  readonly keys: readonly VerificationKey[]
  readonly unusable: readonly UnusableKey[]
  select(hint: KeyHint): KeySelection
}

/** With no `kid`, or a `kid` that several keys have, so many signatures are tried at most. */
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

async function orUnusable(key: VerificationKey): Promise<VerificationKey | UnusableKey> {
  try {
    for (const algorithm of key.algorithms.slice(0, 1)) await key.import(algorithm)
    return key
  } catch {
    return { kid: key.kid, reason: 'its numbers are not a key' }
  }
}

function createKeySet(keys: readonly VerificationKey[], unusable: readonly UnusableKey[]): KeySet {
  const byKid = new Map<string, VerificationKey[]>()
  for (const key of keys) {
    if (key.kid === undefined) continue
    const same = byKid.get(key.kid)
    if (same === undefined) byKid.set(key.kid, [key])
    else same.push(key)
  }

  return { keys, unusable, select }

  function select({ alg, kid }: KeyHint): KeySelection {
    const named = kid === undefined ? keys : byKid.get(kid)
    const fitting = named?.filter((key) => key.algorithms.includes(alg)) ?? []
    if (fitting.length > 0) return { kind: 'keys', keys: fitting.slice(0, maxCandidates) }
    if (kid === undefined) return { kind: 'unknown' }
    if (named !== undefined) return { kind: 'unsuitable', reason: `it is not for ${alg}` }
    const broken = unusable.find((key) => key.kid === kid)
    return broken === undefined ? { kind: 'unknown' } : { kind: 'unsuitable', reason: broken.reason }
  }
}
