/** Lets those who come at once go on in groups. */
export interface Turnstile {
  /** Settles at once for the first of a group, and for everybody else when the event loop has had a turn for each group before them. */
  pass(): Promise<void>
}

interface Group {
  size: number
  /** When its turn has come; `undefined`: at once. */
  readonly begins: Promise<void> | undefined
  /** A macrotask after that. */
  readonly ends: Promise<void>
}

/**
 * Spreads work that becomes due all at once, so that other work gets its turns in between: a burst of thousands is done in groups, with a
 * macrotask after each.
 *
 * Workers end a timer with the request that set it. Whoever waits for it hears of that by a rejection, and goes on.
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
