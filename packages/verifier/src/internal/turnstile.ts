/** Lets those who come at once go on in groups. */
export interface Turnstile {
  /** Settles at once for the first of a group, and for everybody else when the event loop has had a turn for each group before them. */
  pass(): Promise<void>
}

/**
 * Spreads work that becomes due all at once, so that other work gets its turns in between: a burst of thousands is done in groups, with a
 * macrotask after each.
 */
export function createTurnstile({ groupSize }: { groupSize: number }): Turnstile {
  let passed = 0
  let queue: (() => void)[] = []
  let isTurning = false

  return {
    pass() {
      if (passed < groupSize && queue.length === 0) {
        passed += 1
        turn()
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        queue.push(resolve)
        turn()
      })
    },
  }

  function turn(): void {
    if (isTurning) return
    isTurning = true
    setTimeout(release, 0)
  }

  function release(): void {
    isTurning = false
    const group = queue.slice(0, groupSize)
    queue = queue.slice(groupSize)
    passed = group.length
    for (const resolve of group) resolve()
    if (queue.length > 0 || passed > 0) turn()
  }
}
