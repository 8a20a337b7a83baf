import { ConfigurationError } from './error.js'
import { type Link, RecencyList } from './internal/recency-list.js'

/** The bounds of a `BoundedMap`. */
export interface BoundedMapOptions {
  /** The entries that are kept at most. */
  maxEntries: number
  /** The size of all entries together, in bytes as they are given to `set`. Default: no limit but `maxEntries`. */
  maxBytes?: number | undefined
}

/** An entry of a `BoundedMap`. */
export interface BoundedMapEntry<Value> {
  readonly key: string
  readonly value: Value
  readonly bytes: number
}

/**
 * A map in memory that cannot grow without end: when a limit is reached, the entry that was read or written least recently makes
 * room. Every operation takes constant time but going through all of it.
 *
 * It knows nothing of time: whoever keeps entries that end looks at that when reading them, and may `visitNext()` to find others.
 *
 * @example
 * const names = new BoundedMap<string>({ maxEntries: 1000 })
 * names.set('john', 'John')
 *
 * @throws {ConfigurationError} a limit that is not a positive whole number
 */
export class BoundedMap<Value> {
  readonly #links = new Map<string, Link<BoundedMapEntry<Value>>>()
  readonly #recency = new RecencyList<BoundedMapEntry<Value>>()
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
    return this.#links.size
  }

  /** The size of all entries. */
  get bytes(): number {
    return this.#bytes
  }

  /** The value, which is the most recently used from now on. */
  get(key: string): Value | undefined {
    const link = this.#links.get(key)
    if (link === undefined) return undefined
    this.#recency.touch(link)
    return link.item.value
  }

  /**
   * Writes, replacing what is there.
   *
   * @returns `false` for an entry that alone is larger than `maxBytes`; it is not kept, and what the key held is removed
   */
  set(key: string, value: Value, bytes = 0): boolean {
    this.delete(key)
    if (!(bytes <= this.maxBytes)) return false
    this.#links.set(key, this.#recency.add({ key, value, bytes }))
    this.#bytes += bytes
    this.#makeRoom()
    return true
  }

  /** Removes the entry. `false` means that there was none. */
  delete(key: string): boolean {
    const link = this.#links.get(key)
    if (link === undefined) return false
    this.#links.delete(key)
    this.#recency.remove(link)
    this.#bytes -= link.item.bytes
    return true
  }

  /** One entry after the other, and then from the start again, whatever is changed in between; it does not count as a use. */
  visitNext(): BoundedMapEntry<Value> | undefined {
    return this.#recency.visitNext()?.item
  }

  /** All entries, in no particular order. It does not count as a use. */
  *entries(): Generator<BoundedMapEntry<Value>> {
    for (const { item } of this.#links.values()) yield item
  }

  /** Ends: the entry that was just written fits by itself, and is the last that it would come to. */
  #makeRoom(): void {
    let { oldest } = this.#recency
    while (oldest !== undefined && (this.#links.size > this.#maxEntries || this.#bytes > this.maxBytes)) {
      this.delete(oldest.item.key)
      oldest = this.#recency.oldest
    }
  }
}

function checkLimit(name: string, limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit
  throw new ConfigurationError(`${name} must be a positive whole number, not ${limit}.`)
}
