import type { Store } from '@bailiwick/protocol'

export interface ReplayMemoryOptions {
  /** How long each key is remembered at least, by both clocks. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** Milliseconds since the epoch: the clock by which proofs are good. It may be set. */
  readonly now: () => number
  /** Milliseconds since whenever: a clock that nobody sets, such as `performance.now`. */
  readonly elapsedMs: () => number
}

/** Keys that are forgotten together. */
interface Slice {
  keys: Set<string>
  /** When the proofs of all of them are too old, by the clock that may be set. */
  until: number
}

/** More of them waste less memory on keys whose time is over, and take longer to look through. */
const slicesInTtl = 4

/**
 * Remembers keys in the memory of this process, and forgets none before its time: when it is full it rejects, so that nobody can
 * push out what others have used. (A cache does the opposite, and `createMemoryStore` is one.)
 *
 * A key costs no more than its own size and a place in a set: time is cut into slices, and the keys of a slice are forgotten together,
 * at most a quarter of the time late. All have the same time: what `add` is told is not looked at.
 *
 * The time must have passed by both clocks. One that jumps ahead and back has not made a proof too old; one that is set back lets a proof
 * be good once more when it gets there again. What was forgotten *before* the clock was set back is not known any more.
 */
export function createReplayMemory({ ttlMs, maxEntries, now, elapsedMs }: ReplayMemoryOptions): Pick<Store, 'add'> {
  const sliceMs = ttlMs / slicesInTtl
  let newest = createSlice()
  /** The newest first, which is the only one that grows. */
  let slices: Slice[] = [newest]
  let sliceStart = elapsedMs()
  /** Those whose time has passed, though not by the clock that may be set: it was set back. */
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
    // It is not set back, unless the platform has but one clock.
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

/** The smaller goes into the larger: mostly one of them is empty. */
function merge(one: Slice, other: Slice): Slice {
  const [larger, smaller] = one.keys.size < other.keys.size ? [other.keys, one.keys] : [one.keys, other.keys]
  for (const key of smaller) larger.add(key)
  return { keys: larger, until: Math.max(one.until, other.until) }
}
