export interface WaitingPlacesOptions {
  readonly places: number
  /** Longer than any wait takes, in milliseconds. */
  readonly goneAfterMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Why somebody is sent away. */
  readonly full: () => Error
}

/** Begins something and waits for it, in a place of its own; without one it begins nothing, and rejects. */
export type InPlace = <T>(begin: () => Promise<T>) => Promise<T>

/**
 * Bounds how many wait at once, since each holds on to what it came with.
 *
 * Workers end a request while it waits, which then never leaves its place. So where all are taken, and nobody has found one for longer
 * than any wait takes, those who took them are gone.
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
