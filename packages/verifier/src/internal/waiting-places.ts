export interface WaitingPlacesOptions {
  readonly places: number
  /** Longer than any wait takes, in milliseconds. */
  readonly goneAfterMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The error for callers beyond the limit. */
  readonly full: () => Error
}

/** Starts work in a place of its own, and waits for it. Without a free place it rejects, and starts nothing. */
export type InPlace = <T>(begin: () => Promise<T>) => Promise<T>

/**
 * Bounds how many callers wait at once, since each holds memory.
 *
 * Workers terminate a request while it waits, and its place is never released. So if all places are taken, and nobody has got
 * one for longer than any wait takes, they count as free.
 */
export function createWaitingPlaces({ places, goneAfterMs, now, full }: WaitingPlacesOptions): InPlace {
  let room = { taken: 0 }
  let lastTakenAt = 0

  return async (begin) => {
    const time = now()
    if (room.taken >= places) {
      if (!(Math.abs(time - lastTakenAt) >= goneAfterMs)) throw full()
      room = { taken: 0 }
    }
    const mine = room
    mine.taken += 1
    lastTakenAt = time
    try {
      return await begin()
    } finally {
      mine.taken -= 1
    }
  }
}
