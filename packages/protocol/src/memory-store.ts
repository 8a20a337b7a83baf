import { ConfigurationError } from './error.js'
import type { Store, StoreWriteOptions } from './store.js'

export interface MemoryStoreOptions {
  /** The entries that are kept at most. Default 10,000. */
  maxEntries?: number | undefined
  /** The size of all keys and values together, at two bytes for each UTF-16 unit. Default: no limit but `maxEntries`. */
  maxBytes?: number | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
}

interface Entry {
  readonly value: string
  readonly expiresAt: number
  readonly bytes: number
}

/** Entries that each operation looks at to drop those whose time is over: two, so that the sweep outruns what is appended. */
const SWEPT_PER_OPERATION = 2

/**
 * A `Store` in the memory of this process, for a single instance and for tests. Every operation is atomic, as there is one
 * thread, and takes amortised constant time; there is no timer to stop.
 *
 * When a limit is reached, the entry that was read or written least recently is forgotten before its time: size the store
 * for what must not be forgotten (a replay cache: the requests within its window). Entries whose time is over are dropped
 * first in most cases, since each operation sweeps a few. Nothing is shared with other processes, or kept for the next.
 *
 * @throws {ConfigurationError} limits that are not positive whole numbers. From the store's methods, as a rejection: a
 * `ttlMs` that is not a positive, finite number, or an entry that is larger than `maxBytes` alone (what the key held before
 * is kept)
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxEntries = 10_000, maxBytes = Number.MAX_SAFE_INTEGER, now = Date.now } = options
  checkLimit('maxEntries', maxEntries)
  checkLimit('maxBytes', maxBytes)

  /** In the order of their last use: a map iterates in the order of insertion. */
  const entries = new Map<string, Entry>()
  let bytes = 0
  let sweep = entries.entries()

  function read(key: string): string | undefined {
    const time = now()
    dropSomeExpired(time)
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    remove(key, entry)
    if (entry.expiresAt <= time) return undefined
    insert(key, entry)
    return entry.value
  }

  function write(key: string, value: string, { ttlMs }: StoreWriteOptions): void {
    if (!(ttlMs > 0 && ttlMs < Infinity)) throw new ConfigurationError(`ttlMs must be a positive number of milliseconds, not ${ttlMs}.`)
    const size = 2 * (key.length + value.length)
    if (size > maxBytes) throw new ConfigurationError(`An entry of ${size} bytes does not fit into a store with maxBytes ${maxBytes}.`)
    const old = entries.get(key)
    if (old !== undefined) remove(key, old)
    insert(key, { value, expiresAt: now() + ttlMs, bytes: size })
    evict()
  }

  function insert(key: string, entry: Entry): void {
    entries.set(key, entry)
    bytes += entry.bytes
  }

  function remove(key: string, entry: Entry): void {
    entries.delete(key)
    bytes -= entry.bytes
  }

  function evict(): void {
    for (const [key, entry] of entries) {
      if (entries.size <= maxEntries && bytes <= maxBytes) return
      remove(key, entry)
    }
  }

  /** An iterator of a map survives changes to it, so the sweep goes on where it was, and starts again at the end. */
  function dropSomeExpired(time: number): void {
    for (let count = 0; count < SWEPT_PER_OPERATION; count++) {
      const { done, value } = sweep.next()
      if (done === true) {
        sweep = entries.entries()
        return
      }
      if (value[1].expiresAt <= time) remove(value[0], value[1])
    }
  }

  return {
    async get(key) {
      return read(key)
    },
    async set(key, value, writeOptions) {
      dropSomeExpired(now())
      write(key, value, writeOptions)
    },
    async add(key, value, writeOptions) {
      if (read(key) !== undefined) return false
      write(key, value, writeOptions)
      return true
    },
    async compareAndSwap(key, expected, value, writeOptions) {
      if (read(key) !== expected) return false
      write(key, value, writeOptions)
      return true
    },
    async delete(key) {
      if (read(key) === undefined) return false
      const entry = entries.get(key)
      if (entry !== undefined) remove(key, entry)
      return true
    },
  }
}

function checkLimit(name: string, limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new ConfigurationError(`createMemoryStore: ${name} must be a positive whole number, not ${limit}.`)
  }
}
