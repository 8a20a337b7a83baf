/**
 * Which keys a key set was found not to have, and when that set was asked for. Bounded: the oldest entry makes room. An entry
 * is only ever a reason not to ask again at once; a key that turns up in a newer set is found there first.
 */
export interface MissingKeys {
  add(id: string, askedAt: number): void
  /** When a set without this key was asked for; `undefined` when that is not known. */
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
