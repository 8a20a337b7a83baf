import type { Store } from '@bailiwick/protocol'

export interface ReplayMemoryOptions {
  /** How long each key is remembered at least. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** More of them waste less memory on keys whose time is over, and take longer to look through. */
const slicesInTtl = 4

/**
 * Remembers keys in the memory of this process, and forgets none before its time: when it is full it rejects, so that nobody can
 * push out what others have used. (A cache does the opposite, and `createMemoryStore` is one.)
 *
 * A key costs no more than its own size and a place in a set: time is cut into slices, and the keys of a slice are forgotten together,
 * at most a quarter of the time late. All have the same time: what `add` is told is not looked at.
 */
export function createReplayMemory({ ttlMs, maxEntries, now }: ReplayMemoryOptions): Pick<Store, 'add'> {
  const sliceMs = ttlMs / slicesInTtl
  /** The newest first. */
  let slices: Set<string>[] = [new Set()]
  let sliceStart = now()

  return {
    async add(key) {
      startSlices(now())
      if (slices.some((slice) => slice.has(key))) return false
      if (slices.reduce((size, slice) => size + slice.size, 0) >= maxEntries) {
        throw new Error(`the memory of this process has no room for more than ${maxEntries} proofs: set senderConstraint.dpop.replayStore`)
      }
      slices[0]?.add(key)
      return true
    },
  }

  function startSlices(time: number): void {
    // A clock that was set back keeps what is there for longer.
    if (time < sliceStart) sliceStart = time
    const passed = Math.floor((time - sliceStart) / sliceMs)
    if (!(passed >= 1)) return
    sliceStart += passed * sliceMs
    const started = Array.from({ length: Math.min(passed, slicesInTtl + 1) }, () => new Set<string>())
    slices = [...started, ...slices].slice(0, slicesInTtl + 1)
  }
}
