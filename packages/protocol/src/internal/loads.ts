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
  /** Where the value is put, and which pauses its failures cause. */
  readonly held: ValueHolder<T>
  readonly pauses: LoadPauses
}

/** The loads of a value, one at a time. */
export interface Loads<T> {
  /** Whether there is one that may be joined: none that has taken too long. */
  isUnderWay(time: number): boolean
  /** When the last of them began. */
  lastStartedAt(): number
  /** What the load that is under way comes to, or else another. */
  start(time?: number): Promise<T>
  /** Waits until the load that is under way is over, whatever it comes to. */
  settled(): Promise<void>
}

/** Loads a value for all who ask for it at the same time. Each failure is told as `NotAvailableError`. */
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
    // The answer of a load that was given up on may be older than what has come since.
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
