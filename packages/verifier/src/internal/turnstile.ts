/** Resumes waiting work in groups. */
export interface Turnstile {
  /** Settles at once for the first group. For later ones it settles after one turn of the event loop per group before them. */
  pass(): Promise<void>
}

interface Group {
  size: number
  /** When its turn begins; `undefined`: immediately. */
  readonly begins: Promise<void> | undefined
  /** One macrotask later. */
  readonly ends: Promise<void>
}

/**
 * Spreads a burst of work that becomes due at once: it runs in groups with a macrotask after each, so that other work gets its
 * turns.
 *
 * Workers cancel a timer with the request that set it. Those waiting for it then get a rejection, and go on.
 */
export function createTurnstile({ groupSize }: { groupSize: number }): Turnstile {
  let last: Group | undefined

  return {
    async pass() {
      if (last === undefined || last.size === groupSize) last = follow(last)
      last.size += 1
      if (last.begins !== undefined) await last.begins.catch(ignore)
    },
  }

  function follow(before: Group | undefined): Group {
    const begins = before?.ends
    const ends = begins === undefined ? macrotask() : begins.catch(ignore).then(macrotask)
    const group: Group = { size: 0, begins, ends }
    const forget = () => {
      if (last === group) last = undefined
    }
    ends.then(forget, forget)
    return group
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function ignore(): void {}
