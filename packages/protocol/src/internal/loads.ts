import { NotAvailableError } from '../not-available-error.js'
import type { Loaded } from '../refreshing-options.js'
import { SingleFlight } from '../single-flight.js'
import type { ValueHolder } from './held-value.js'
import type { LoadPauses } from './load-pauses.js'

export interface LoadsInput<T> {
  readonly load: (previous: T | undefined) => Promise<Loaded<T>>
  readonly abandonAfterMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Receives the loaded value. */
  readonly held: ValueHolder<T>
  readonly pauses: LoadPauses
}

/** Loads a value, once at a time. */
export interface Loads<T> {
  /** Whether a load is in flight that has not been abandoned for taking too long. */
  isUnderWay(time: number): boolean
  /** When the last load began. */
  lastStartedAt(): number
  /** Joins the load in flight, or starts one. */
  start(time?: number): Promise<T>
  /** Waits until the load in flight has settled. Never rejects. */
  settled(): Promise<void>
}

/** Concurrent callers share one load. A load that fails rejects with a `NotAvailableError`. */
export function createLoads<T>({ load, abandonAfterMs, now, held, pauses }: LoadsInput<T>): Loads<T> {
  const flight = new SingleFlight<T>()
  let lastStartedAt = 0

  return { isUnderWay, lastStartedAt: () => lastStartedAt, start, settled: () => flight.settled() }

  function isUnderWay(time: number): boolean {
    abandonLate(time)
    return flight.current !== undefined
  }

  function start(time = now()): Promise<T> {
    abandonLate(time)
    return flight.run(begin, start)
  }

  function begin(): Promise<T> {
    const startedAt = now()
    lastStartedAt = startedAt
    pauses.begin(startedAt)
    // The result of an abandoned load may be older than one that has come since.
    const isCurrent = () => flight.current === loading
    const failed = (error: unknown): never => {
      if (isCurrent()) pauses.fail(error, now())
      throw new NotAvailableError(pauses.leftMs(now()), error)
    }
    const loading = Promise.resolve(held.peek()?.value)
      .then(load)
      .then((loaded) => {
        if (typeof loaded !== 'object' || loaded === null) return failed(new TypeError('load gave no { value }'))
        if (isCurrent()) {
          held.hold(loaded, startedAt, now())
          pauses.succeed()
        }
        return loaded.value
      }, failed)
    return loading
  }

  function abandonLate(time: number): void {
    if (Math.abs(time - lastStartedAt) >= abandonAfterMs) flight.abandon()
  }
}
