import { createRefreshing } from '../src/refreshing.js'
import type { Loaded, RefreshingOptions } from '../src/refreshing-options.js'

export const start = 1_000_000

/** A policy with a source that answers what it is told, and a clock that moves when it is told. */
export function setUp(options: Partial<RefreshingOptions<string>> = {}) {
  const loads: { at: number; previous: string | undefined }[] = []
  const slept: number[] = []
  const world = {
    time: start,
    answer: (): Loaded<string> | Promise<Loaded<string>> => ({ value: `value ${loads.length}` }),
    loads,
    slept,
  }
  /** The next loads are answered when the function that is returned is called. */
  const answerLater = () => {
    let finish: (loaded: Loaded<string>) => void = () => {}
    const later = new Promise<Loaded<string>>((resolve) => (finish = resolve))
    world.answer = () => later
    return finish
  }
  const value = createRefreshing<string>({
    ttlMs: 10_000,
    minTtlMs: 2_000,
    maxTtlMs: 60_000,
    staleIfErrorMs: 20_000,
    minIntervalMs: 1_000,
    maxBackoffMs: 8_000,
    abandonAfterMs: 5_000,
    async load(previous) {
      loads.push({ at: world.time - start, previous })
      return world.answer()
    },
    now: () => world.time,
    async sleep(milliseconds) {
      slept.push(milliseconds)
      world.time += milliseconds
    },
    random: () => 0.5,
    ...options,
  })
  return { value, world, answerLater }
}

export function fail(): never {
  throw new Error('down')
}

/** Lets a load in the background finish. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
