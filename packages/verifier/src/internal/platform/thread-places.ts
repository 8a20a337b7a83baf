interface Waiting {
  readonly go: () => void
  behind: Waiting | undefined
}

/** Runs work when a place is free, in order of arrival; immediately if there is one. */
export type InThread = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Bounds how many of our verifications are in the thread pool at once. Node has one queue for the pool, shared with file reads
 * and DNS lookups: a flood of expensive signatures would delay all of these.
 *
 * What is *not* bounded: how many wait here. Each belongs to a request.
 */
export function createThreadPlaces({ places }: { places: number }): InThread {
  let taken = 0
  let first: Waiting | undefined
  let last: Waiting | undefined

  return async (work) => {
    if (taken < places) taken += 1
    else await new Promise<void>(standInLine)
    try {
      return await work()
    } finally {
      leave()
    }
  }

  function standInLine(go: () => void): void {
    const waiting: Waiting = { go, behind: undefined }
    if (last === undefined) first = waiting
    else last.behind = waiting
    last = waiting
  }

  /** The place goes to the next in line. */
  function leave(): void {
    if (first === undefined) {
      taken -= 1
      return
    }
    const { go, behind } = first
    first = behind
    if (behind === undefined) last = undefined
    go()
  }
}
