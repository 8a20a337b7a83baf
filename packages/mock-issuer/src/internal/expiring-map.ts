/** A map whose entries end at a time of their own, and which forgets its oldest entry rather than grow past its limit. */
export interface ExpiringMap<Value> {
  /** The value, or `undefined` when there is none, its time is over, or newer entries took its place. */
  get(key: string): Value | undefined
  set(key: string, value: Value, expiresAtMs: number): void
  delete(key: string): void
  /** The values whose time is not over, oldest first. */
  values(): readonly Value[]
  readonly size: number
}

interface Entry<Value> {
  readonly value: Value
  readonly expiresAtMs: number
}

/**
 * Creates an empty map.
 *
 * @param input.now the time, in milliseconds since the epoch
 * @param input.maxEntries how many entries are kept
 */
export function createExpiringMap<Value>({ now, maxEntries }: { now: () => number; maxEntries: number }): ExpiringMap<Value> {
  const entries = new Map<string, Entry<Value>>()

  // Entries end roughly in the order in which they came, so looking from the oldest on finds the ended ones cheaply.
  function makeRoom(): void {
    for (const [key, entry] of entries) {
      if (entry.expiresAtMs > now() && entries.size < maxEntries) return
      entries.delete(key)
    }
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.expiresAtMs > now()) return entry.value
      entries.delete(key)
      return undefined
    },
    set(key, value, expiresAtMs) {
      if (!entries.has(key)) makeRoom()
      entries.set(key, { value, expiresAtMs })
    },
    delete(key) {
      entries.delete(key)
    },
    values: () => [...entries.values()].filter(({ expiresAtMs }) => expiresAtMs > now()).map(({ value }) => value),
    get size() {
      return entries.size
    },
  }
}
