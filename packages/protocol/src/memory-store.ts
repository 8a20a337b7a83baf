import { BoundedMap } from './bounded-map.js'
import { ConfigurationError } from './error.js'
import type { Store } from './store.js'

/** The bounds of a store in memory, and its clock. */
export interface MemoryStoreOptions {
  /** The most entries that are kept. Default 10,000. */
  maxEntries?: number | undefined
  /** The most that all keys and values may take, at two bytes for each UTF-16 unit. Default: only `maxEntries` limits. */
  maxBytes?: number | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
}

/**
 * A `Store` in the memory of this process, for a single instance and for tests. Every operation is atomic, as there is one
 * thread, and takes constant time; there is no timer to stop.
 *
 * When a limit is exceeded, the least recently used entry (approximately: see `BoundedMap`) is evicted before it expires. Make the
 * limit large enough for what must not be evicted (for a replay cache: the requests within its window). Expired entries mostly go
 * first, since every operation removes a few. Nothing is shared with other processes, and nothing survives this one.
 *
 * @example
 * const seen = createMemoryStore({ maxEntries: 100_000 })
 * const isFirst = await seen.add('jti:4f1d', '', { ttlMs: 60_000 })
 *
 * @throws {ConfigurationError} a limit that is not a positive whole number. The methods reject with it for a `ttlMs` that is not a
 * positive, finite number, and for an entry that alone exceeds `maxBytes`; the previous value of the key stays
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxEntries = 10_000, maxBytes, now = Date.now } = options
  const entries = new LivingEntries(new BoundedMap({ maxEntries, maxBytes }))

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
  readonly value: string
  readonly expiresAt: number
}

/** Two, so that the sweep for expired entries outruns the one entry that an operation can add. */
const SWEPT_PER_OPERATION = 2

/** The entries of a map that have not expired. */
class LivingEntries {
  readonly #entries: BoundedMap<Entry>

  constructor(entries: BoundedMap<Entry>) {
    this.#entries = entries
  }

  read(key: string, time: number): string | undefined {
    this.#sweep(time)
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.expiresAt > time) return entry?.value
    this.#entries.delete(key)
    return undefined
  }

  write(key: string, value: string, time: number, ttlMs: number): void {
    if (!(ttlMs > 0 && ttlMs < Infinity)) throw new ConfigurationError(`ttlMs must be a positive number of milliseconds, not ${ttlMs}.`)
    const bytes = 2 * (key.length + value.length)
    if (bytes > this.#entries.maxBytes) {
      throw new ConfigurationError(
        `An entry of ${bytes} bytes does not fit: raise maxBytes of createMemoryStore (${this.#entries.maxBytes}).`,
      )
    }
    this.#entries.delete(key)
    this.#sweep(time)
    this.#entries.set(key, { value, expiresAt: time + ttlMs }, bytes)
  }

  delete(key: string, time: number): boolean {
    const entry = this.#entries.get(key)
    this.#entries.delete(key)
    this.#sweep(time)
    return entry !== undefined && entry.expiresAt > time
  }

  #sweep(time: number): void {
    for (let count = 0; count < SWEPT_PER_OPERATION; count++) {
      const visited = this.#entries.visitNext()
      if (visited !== undefined && visited.value.expiresAt <= time) this.#entries.delete(visited.key)
    }
  }
}
