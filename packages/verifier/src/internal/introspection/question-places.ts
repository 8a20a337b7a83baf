export interface QuestionPlacesOptions {
  readonly places: number
  /** Longer than any introspection takes, in milliseconds. */
  readonly goneAfterMs: number
}

export interface QuestionPlaces {
  /**
   * Takes a place, and returns a function to release it; `undefined` if all are taken.
   *
   * @param time now, in milliseconds since the epoch
   */
  take(time: number): (() => void) | undefined
}

/**
 * Bounds the number of concurrent introspections.
 *
 * One may never settle: Workers cut it off with the request that began it, and a custom key source may hang. So a place is
 * released after a time in which nobody can still be waiting; otherwise all places would be lost in the end.
 */
export function createQuestionPlaces({ places, goneAfterMs }: QuestionPlacesOptions): QuestionPlaces {
  /** When each was taken, the oldest first. */
  const taken = new Map<symbol, number>()

  return {
    take(time) {
      for (const [place, since] of taken) {
        // Written so that a clock that returns NaN releases no place.
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
