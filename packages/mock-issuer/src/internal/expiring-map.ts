/** A map whose entries end at a time of their own, and which forgets entries rather than grow past its limits. */
export interface ExpiringMap<Value> {
  /** The value, or `undefined` when there is none, its time is over, or other entries took its place. */
  get(key: string): Value | undefined
  set(key: string, value: Value, expiresAtMs: number): void
  delete(key: string): void
  /** Whether one more entry of an owner would be within the limits, so that no other is forgotten for it. */
  hasRoom(owner?: string): boolean
  /** The values whose time is not over, oldest first. */
  values(): readonly Value[]
  readonly size: number
}

/** The limits of a map, and what it forgets first beyond them. */
export interface ExpiringMapInput<Value> {
  /** The time, in milliseconds since the epoch. */
  now(): number
  /** How many entries are kept. */
  readonly maxEntries: number
  /** How many entries of one owner `hasRoom` allows. Default: `maxEntries`. */
  readonly maxEntriesPerOwner?: number
  /** How many bytes are kept, by `bytesOf`; a single entry above it is not kept at all. Default: no limit. */
  readonly maxBytes?: number
  /** About how much memory a value takes. Default: 0. */
  readonly bytesOf?: (value: Value) => number
  /** Whose entry it is, such as a client. Default: the same for all. */
  readonly ownerOf?: (value: Value) => string
  /** Whether the value has served its purpose, and is kept to recognize it only. Default: none has. */
  readonly isSpent?: (value: Value) => boolean
}

interface Entry<Value> {
  readonly value: Value
  readonly expiresAtMs: number
  readonly owner: string
  readonly bytes: number
}

interface Share {
  /** Oldest first. */
  readonly keys: Set<string>
  bytes: number
}

/**
 * Creates an empty map. When it is full, ended entries go first; then a spent one, rather of the owner that has most; then the oldest of
 * the owner that has most, so that nobody can push out what is another's by asking for more and more.
 */
export function createExpiringMap<Value>(input: ExpiringMapInput<Value>): ExpiringMap<Value> {
  const { now, maxEntries, maxEntriesPerOwner = maxEntries, maxBytes = Infinity } = input
  const { bytesOf = () => 0, ownerOf = () => '', isSpent } = input
  const entries = new Map<string, Entry<Value>>()
  const shares = new Map<string, Share>()
  let totalBytes = 0
  // No entry ends before it.
  let nextEndMs = Infinity
  let dropsBeforeNextSearch = 0

  function charge(key: string, { owner, bytes }: Entry<Value>): void {
    const share = shares.get(owner) ?? { keys: new Set(), bytes: 0 }
    shares.set(owner, share)
    share.keys.add(key)
    share.bytes += bytes
    totalBytes += bytes
  }

  function discharge(key: string, { owner, bytes }: Entry<Value>): void {
    totalBytes -= bytes
    const share = shares.get(owner)
    if (share === undefined) return
    share.keys.delete(key)
    share.bytes -= bytes
    if (share.keys.size === 0) shares.delete(owner)
  }

  function remove(key: string): void {
    const entry = entries.get(key)
    if (entry === undefined) return
    entries.delete(key)
    discharge(key, entry)
  }

  // Entries end roughly in the order in which they came, so looking from the oldest on finds most of the ended ones cheaply.
  function dropEndedOfOldest(): void {
    for (const [key, { expiresAtMs }] of entries) {
      if (expiresAtMs > now()) return
      remove(key)
    }
  }

  function dropEnded(): void {
    if (now() < nextEndMs) return
    nextEndMs = Infinity
    for (const [key, { expiresAtMs }] of entries) {
      if (expiresAtMs <= now()) remove(key)
      else nextEndMs = Math.min(nextEndMs, expiresAtMs)
    }
  }

  const fits = (bytes: number): boolean => entries.size < maxEntries && totalBytes + bytes <= maxBytes

  function makeRoom(bytes: number): void {
    dropEndedOfOldest()
    if (!fits(bytes)) dropEnded()
    while (!fits(bytes) && entries.size > 0) dropOne()
  }

  function dropOne(): void {
    const weigh = entries.size < maxEntries ? (share: Share) => share.bytes : (share: Share) => share.keys.size
    const [first, ...others] = shares.values()
    if (first === undefined) return
    const largest = others.reduce((most, share) => (weigh(share) > weigh(most) ? share : most), first)
    const [oldest = ''] = largest.keys
    const spent = dropsBeforeNextSearch > 0 ? undefined : (findSpent(largest.keys) ?? findSpent(entries.keys()))
    // Where none is spent, looking at all of them for every new one would be slow.
    if (spent === undefined) dropsBeforeNextSearch = dropsBeforeNextSearch > 0 ? dropsBeforeNextSearch - 1 : Math.floor(entries.size / 100)
    remove(spent ?? oldest)
  }

  function findSpent(keys: Iterable<string>): string | undefined {
    if (isSpent === undefined) return undefined
    for (const key of keys) {
      const entry = entries.get(key)
      if (entry !== undefined && isSpent(entry.value)) return key
    }
    return undefined
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.expiresAtMs > now()) return entry.value
      remove(key)
      return undefined
    },
    set(key, value, expiresAtMs) {
      const entry = { value, expiresAtMs, owner: ownerOf(value), bytes: bytesOf(value) }
      if (entry.bytes > maxBytes) return remove(key)
      const before = entries.get(key)
      if (before === undefined) makeRoom(entry.bytes)
      else discharge(key, before)
      entries.set(key, entry)
      charge(key, entry)
      nextEndMs = Math.min(nextEndMs, expiresAtMs)
    },
    delete: remove,
    hasRoom(owner = '') {
      const isWithin = (): boolean => fits(0) && (shares.get(owner)?.keys.size ?? 0) < maxEntriesPerOwner
      if (!isWithin()) dropEnded()
      return isWithin()
    },
    values: () => [...entries.values()].filter(({ expiresAtMs }) => expiresAtMs > now()).map(({ value }) => value),
    get size() {
      return entries.size
    },
  }
}
