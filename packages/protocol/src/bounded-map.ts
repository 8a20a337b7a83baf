import { ConfigurationError } from './error.js'
import { type Neighbours, RecencyList } from './internal/recency-list.js'

/** The bounds of a `BoundedMap`. */
export interface BoundedMapOptions {
  /** The entries that are kept at most. */
  maxEntries: number
  /** The size of all entries together, in bytes as they are given to `set`. Default: no limit but `maxEntries`. */
  maxBytes?: number | undefined
}

/** An entry of a `BoundedMap`. */
export interface BoundedMapEntry<Value, Key extends string | number = string> {
  readonly key: Key
  readonly value: Value
  readonly bytes: number
}

/** An entry in its place. Whether it was used is a mark in itself: moving it would write to its neighbours on each use. */
interface Place<Value, Key extends string | number> extends BoundedMapEntry<Value, Key>, Neighbours<Place<Value, Key>> {
  isUsed: boolean
}

/** That many used entries are passed over at most to make room for one, so that it takes no longer in a map that is in use as a whole. */
const MAX_PASSED_OVER = 64

/**
 * A map in memory that cannot grow without end: when a limit is reached, the entry that was read or written least recently makes
 * room. Every operation takes constant time but going through all of it. "Least recently" is an approximation: an entry that was read
 * since it was written, or passed over, is passed over once more.
 *
 * It knows nothing of time: whoever keeps entries that end looks at that when reading them, and may `visitNext()` to find others.
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
  /** The limit of `bytes`. */
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

  /** The size of all entries. */
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
   * @returns `false` for an entry that alone is larger than `maxBytes`; it is not kept, and what the key held is removed
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

  /** One entry after the other, and then from the start again, whatever is changed in between; it does not count as a use. */
  visitNext(): BoundedMapEntry<Value, Key> | undefined {
    return this.#recency.visitNext()
  }

  /** All entries, in no particular order. It does not count as a use. */
  *entries(): Generator<BoundedMapEntry<Value, Key>> {
    yield* this.#places.values()
  }

  /** Ends: the entry that was just written fits by itself, and stays. */
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
