interface Waiting {
  readonly go: () => void
  behind: Waiting | undefined
}

/** Does some work when there is a place for it; until then it waits in line. It begins at once if there is one. */
export type InThread = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Bounds how much of our work other threads have been given. The process has one line for all that is to be done there, reading files and
 * looking up hosts among it: a flood of signatures that are slow to check would have all of that wait behind them.
 *
 * What is *not* bounded: how many wait here, each of which belongs to a request.
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
