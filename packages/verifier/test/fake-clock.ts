/** A clock that only moves when it is told to; whoever sleeps wakes when it has moved far enough. */
export interface FakeClock {
  now: () => number
  sleep: (milliseconds: number) => Promise<void>
  /** Moves on, waking sleepers in order, and lets everything that is ready run. */
  advance(milliseconds: number): Promise<void>
}

export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let time = start
  let sleepers: { until: number; wake: () => void }[] = []
  return {
    now: () => time,
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ until: time + milliseconds, wake })),
    async advance(milliseconds) {
      const end = time + milliseconds
      for (;;) {
        const next = sleepers.filter(({ until }) => until <= end).toSorted((a, b) => a.until - b.until)[0]
        if (next === undefined) break
        time = Math.max(time, next.until)
        sleepers = sleepers.filter((sleeper) => sleeper !== next)
        next.wake()
        await settle()
      }
      time = end
      await settle()
    },
  }
}

/** Lets promises and the platform's crypto finish. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
