/**
 * Keys that a key set was seen not to have, and when that set was requested. Bounded: the oldest entry is evicted. An entry
 * only delays the next fetch; a key in a newer set is found there first.
 */
export interface MissingKeys {
  add(id: string, askedAt: number): void
  /** When a set without this key was requested; `undefined` if unknown. */
  askedAt(id: string): number | undefined
  readonly size: number
}

export function createMissingKeys(maxEntries: number): MissingKeys {
  const entries = new Map<string, number>()
  return {
    add(id, askedAt) {
      entries.delete(id)
      if (entries.size >= maxEntries) {
        const oldest = entries.keys().next()
        if (!oldest.done) entries.delete(oldest.value)
      }
      entries.set(id, askedAt)
    },
    askedAt: (id) => entries.get(id),
    get size() {
      return entries.size
    },
  }
}
