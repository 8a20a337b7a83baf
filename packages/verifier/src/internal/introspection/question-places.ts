export interface QuestionPlacesOptions {
  readonly places: number
  /** Longer than any question takes, in milliseconds. */
  readonly goneAfterMs: number
}

export interface QuestionPlaces {
  /**
   * Takes a place, and gives how to leave it; `undefined` when there is none.
   *
   * @param time now, in milliseconds since the epoch
   */
  take(time: number): (() => void) | undefined
}

/**
 * Bounds how many questions are under way at once.
 *
 * A question may never end: Workers cut it off with the request that asked it, and a source of keys that an application brings may hang.
 * So each place is free again when nobody can be waiting in it any more; otherwise the last of them would one day be gone for good.
 */
export function createQuestionPlaces({ places, goneAfterMs }: QuestionPlacesOptions): QuestionPlaces {
  /** Since when each is taken, the longest ago first. */
  const taken = new Map<symbol, number>()

  return {
    take(time) {
      for (const [place, since] of taken) {
        // The comparison is the right way round for a clock that gives NaN: it makes no room.
        if (!(Math.abs(time - since) >= goneAfterMs)) break
        taken.delete(place)
      }
      if (taken.size >= places) return undefined
      const place = Symbol('place')
      taken.set(place, time)
      return () => void taken.delete(place)
    },
  }
}
