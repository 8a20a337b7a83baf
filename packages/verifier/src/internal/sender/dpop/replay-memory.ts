import type { Store } from '@bailiwick/protocol'

export interface ReplayMemoryOptions {
  /** How long each key is remembered at least, by both clocks. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** Milliseconds since the epoch: the clock that proofs are checked by. It may be set. */
  readonly now: () => number
  /** Milliseconds of a monotonic clock, such as `performance.now`. */
  readonly elapsedMs: () => number
}

/** Keys that expire together. */
interface Slice {
  keys: Set<string>
  /** When all of their proofs are too old, by the clock that may be set. */
  until: number
}

/** More slices waste less memory on expired keys, and take longer to search. */
const slicesInTtl = 4

/**
 * Remembers keys in the memory of this process, and evicts none before it expires: when full it rejects, so that nobody can
 * evict the proofs of others. (A cache, such as `createMemoryStore`, does the opposite.)
 *
 * Time is cut into slices, and the keys of a slice expire together, at most a quarter of `ttlMs` late. So a key costs no more
 * than its own size and an entry in a set. All keys have the same lifetime: the one given to `add` is ignored.
 *
 * A key expires when its time has passed by both clocks. If `now` jumps ahead and back, the proof is not too old; if it is set
 * back, the proof becomes valid again later. Keys that expired *before* the clock was set back are lost.
 */
export function createReplayMemory({ ttlMs, maxEntries, now, elapsedMs }: ReplayMemoryOptions): Pick<Store, 'add'> {
  const sliceMs = ttlMs / slicesInTtl
  let newest = createSlice()
  /** The newest first. Only that one grows. */
  let slices: Slice[] = [newest]
  let sliceStart = elapsedMs()
  /** Keys that have expired by the monotonic clock only: the other was set back. */
  let held = createSlice()

  return {
    async add(key) {
      const time = now()
      startSlices(elapsedMs(), time)
      const kept = [...slices, held]
      if (kept.some(({ keys }) => keys.has(key))) return false
      if (kept.reduce((size, { keys }) => size + keys.size, 0) >= maxEntries) {
        throw new Error(`the memory of this process has no room for more than ${maxEntries} proofs: set senderConstraint.dpop.replayStore`)
      }
      newest.keys.add(key)
      newest.until = Math.max(newest.until, time + ttlMs)
      return true
    },
  }

  function startSlices(elapsed: number, time: number): void {
    if (held.keys.size > 0 && time > held.until) held = createSlice()
    // It is never set back, unless the platform has only one clock.
    if (elapsed < sliceStart) sliceStart = elapsed
    const passed = Math.floor((elapsed - sliceStart) / sliceMs)
    if (!(passed >= 1)) return
    sliceStart += passed * sliceMs
    const started = Array.from({ length: Math.min(passed, slicesInTtl + 1) }, createSlice)
    slices = [...started, ...slices]
    for (const slice of slices.splice(slicesInTtl + 1)) {
      if (!(time > slice.until)) held = merge(held, slice)
    }
    newest = slices[0] ?? newest
  }
}

function createSlice(): Slice {
  return { keys: new Set(), until: -Infinity }
}

/** Adds the smaller to the larger: usually one of them is empty. */
function merge(one: Slice, other: Slice): Slice {
  const [larger, smaller] = one.keys.size < other.keys.size ? [other.keys, one.keys] : [one.keys, other.keys]
  for (const key of smaller) larger.add(key)
  return { keys: larger, until: Math.max(one.until, other.until) }
}
