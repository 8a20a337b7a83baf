import { ConfigurationError } from './error.js'
import { type Neighbours, RecencyList } from './internal/recency-list.js'

/** The bounds of a `BoundedMap`. */
export interface BoundedMapOptions {
  /** The most entries that are kept. */
  maxEntries: number
  /** The most that all entries may add up to, in the bytes that `set` was given for each. Default: only `maxEntries` limits. */
  maxBytes?: number | undefined
}

/** An entry of a `BoundedMap`. */
export interface BoundedMapEntry<Value, Key extends string | number = string> {
  readonly key: Key
  readonly value: Value
  readonly bytes: number
}

/** An entry and its place in the list. A use only sets a flag: moving the entry would write to its neighbours on every read. */
interface Place<Value, Key extends string | number> extends BoundedMapEntry<Value, Key>, Neighbours<Place<Value, Key>> {
  isUsed: boolean
}

/** The most used entries that are passed over to evict one, so that eviction takes constant time even when every entry is in use. */
const MAX_PASSED_OVER = 64

/**
 * A map of bounded size: when a limit is exceeded, the least recently used entry is evicted. Every operation but `entries()` takes
 * constant time. "Least recently used" is an approximation (second chance): an entry that was read since it was written, or since it
 * was last passed over, is passed over once more.
 *
 * It has no expiry. To expire entries, check their age when reading, and use `visitNext()` to find expired ones that nobody reads.
 *
 * @example
 * const names = new BoundedMap<string>({ maxEntries: 1000 })
 * names.set('john', 'John')
 *
 * @throws {ConfigurationError} a limit that is not a positive whole number
 */
export class BoundedMap<Value, Key extends string | number = string> {
  readonly #places = new Map<Key, Place<Value, Key>>()
  readonly #recency = new RecencyList<Place<Value, Key>>()
  readonly #maxEntries: number
  /** The most that `bytes` can be. */
  readonly maxBytes: number
  #bytes = 0

  constructor({ maxEntries, maxBytes = Number.MAX_SAFE_INTEGER }: BoundedMapOptions) {
    this.#maxEntries = checkLimit('maxEntries', maxEntries)
    this.maxBytes = checkLimit('maxBytes', maxBytes)
  }

  /** How many entries there are. */
  get size(): number {
    return this.#places.size
  }

  /** What all entries add up to. */
  get bytes(): number {
    return this.#bytes
  }

  /** The value, which counts as used. */
  get(key: Key): Value | undefined {
    const place = this.#places.get(key)
    if (place === undefined) return undefined
    if (!place.isUsed) place.isUsed = true
    return place.value
  }

  /**
   * Writes, replacing what is there.
   *
   * @returns `false` if the entry alone is larger than `maxBytes`: it is not kept, and what the key held before is removed
   */
  set(key: Key, value: Value, bytes = 0): boolean {
    this.delete(key)
    if (!(bytes <= this.maxBytes)) return false
    const place: Place<Value, Key> = { key, value, bytes, isUsed: false, older: undefined, newer: undefined }
    this.#recency.add(place)
    this.#places.set(key, place)
    this.#bytes += bytes
    this.#makeRoom(place)
    return true
  }

  /** Removes the entry. `false` means that there was none. */
  delete(key: Key): boolean {
    const place = this.#places.get(key)
    if (place === undefined) return false
    this.#places.delete(key)
    this.#recency.remove(place)
    this.#bytes -= place.bytes
    return true
  }

  /** The next entry in turn, from the start again after the last, even if the map changes in between. It does not count as a use. */
  visitNext(): BoundedMapEntry<Value, Key> | undefined {
    return this.#recency.visitNext()
  }

  /** All entries, in no particular order. It does not count as a use. */
  *entries(): Generator<BoundedMapEntry<Value, Key>> {
    yield* this.#places.values()
  }

  /** Terminates: the entry just written fits by itself, and is never evicted here. */
  #makeRoom(written: Place<Value, Key>): void {
    let passedOver = 0
    while (this.#places.size > this.#maxEntries || this.#bytes > this.maxBytes) {
      const { oldest } = this.#recency
      if (oldest === undefined) return
      if (oldest === written || (oldest.isUsed && passedOver < MAX_PASSED_OVER)) {
        passedOver += 1
        oldest.isUsed = false
        this.#recency.touch(oldest)
      } else this.delete(oldest.key)
    }
  }
}

function checkLimit(name: string, limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit
  throw new ConfigurationError(`${name} must be a positive whole number, not ${limit}.`)
}
