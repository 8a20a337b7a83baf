import { ConfigurationError } from './error.js'
import { type Link, RecencyList } from './internal/recency-list.js'
import type { Store } from './store.js'

/** The bounds of a store in memory, and its clock. */
export interface MemoryStoreOptions {
  /** The entries that are kept at most. Default 10,000. */
  maxEntries?: number | undefined
  /** The size of all keys and values together, at two bytes for each UTF-16 unit. Default: no limit but `maxEntries`. */
  maxBytes?: number | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
}

/**
 * A `Store` in the memory of this process, for a single instance and for tests. Every operation is atomic, as there is one
 * thread, and takes constant time; there is no timer to stop.
 *
 * When a limit is reached, the entry that was read or written least recently is forgotten before its time: size the store
 * for what must not be forgotten (a replay cache: the requests within its window). Entries whose time is over mostly go
 * first, since each operation drops a few. Nothing is shared with other processes, or kept for the next one.
 *
 * @example
 * const seen = createMemoryStore({ maxEntries: 100_000 })
 * const isFirst = await seen.add('jti:4f1d', '', { ttlMs: 60_000 })
 *
 * @throws {ConfigurationError} a limit that is not a positive whole number. From the methods, as a rejection: a `ttlMs` that
 * is not a positive, finite number, or an entry that alone is larger than `maxBytes`; what the key held stays
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxEntries = 10_000, maxBytes = Number.MAX_SAFE_INTEGER, now = Date.now } = options
  checkLimit('maxEntries', maxEntries)
  checkLimit('maxBytes', maxBytes)
  const entries = new Entries(maxEntries, maxBytes)

  return {
    async get(key) {
      return entries.read(key, now())
    },
    async set(key, value, { ttlMs }) {
      entries.write(key, value, now(), ttlMs)
    },
    async add(key, value, { ttlMs }) {
      const time = now()
      if (entries.read(key, time) !== undefined) return false
      entries.write(key, value, time, ttlMs)
      return true
    },
    async compareAndSwap(key, expected, value, { ttlMs }) {
      const time = now()
      if (entries.read(key, time) !== expected) return false
      entries.write(key, value, time, ttlMs)
      return true
    },
    async delete(key) {
      return entries.delete(key, now())
    },
  }
}

interface Entry {
  readonly key: string
  readonly value: string
  readonly expiresAt: number
  readonly bytes: number
}

/** Two, so that the sweep for dead entries outruns the one entry that an operation can append. */
const SWEPT_PER_OPERATION = 2

class Entries {
  readonly #links = new Map<string, Link<Entry>>()
  readonly #recency = new RecencyList<Entry>()
  readonly #maxEntries: number
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries
    this.#maxBytes = maxBytes
  }

  read(key: string, time: number): string | undefined {
    this.#sweep(time)
    const link = this.#links.get(key)
    if (link === undefined) return undefined
    if (link.item.expiresAt <= time) {
      this.#remove(link)
      return undefined
    }
    this.#recency.touch(link)
    return link.item.value
  }

  write(key: string, value: string, time: number, ttlMs: number): void {
    if (!(ttlMs > 0 && ttlMs < Infinity)) throw new ConfigurationError(`ttlMs must be a positive number of milliseconds, not ${ttlMs}.`)
    const bytes = 2 * (key.length + value.length)
    if (bytes > this.#maxBytes) {
      throw new ConfigurationError(`An entry of ${bytes} bytes does not fit: raise maxBytes of createMemoryStore (${this.#maxBytes}).`)
    }
    const old = this.#links.get(key)
    if (old !== undefined) this.#remove(old)
    this.#sweep(time)
    this.#links.set(key, this.#recency.add({ key, value, expiresAt: time + ttlMs, bytes }))
    this.#bytes += bytes
    this.#evict()
  }

  delete(key: string, time: number): boolean {
    const link = this.#links.get(key)
    if (link !== undefined) this.#remove(link)
    this.#sweep(time)
    return link !== undefined && link.item.expiresAt > time
  }

  #remove(link: Link<Entry>): void {
    this.#links.delete(link.item.key)
    this.#recency.remove(link)
    this.#bytes -= link.item.bytes
  }

  /** Ends: the entry that was just written fits by itself, and is the last that it would come to. */
  #evict(): void {
    let { oldest } = this.#recency
    while (oldest !== undefined && (this.#links.size > this.#maxEntries || this.#bytes > this.#maxBytes)) {
      this.#remove(oldest)
      oldest = this.#recency.oldest
    }
  }

  #sweep(time: number): void {
    for (let count = 0; count < SWEPT_PER_OPERATION; count++) {
      const link = this.#recency.visitNext()
      if (link !== undefined && link.item.expiresAt <= time) this.#remove(link)
    }
  }
}

function checkLimit(name: string, limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new ConfigurationError(`createMemoryStore: ${name} must be a positive whole number, not ${limit}.`)
  }
}
