import { SingleFlight } from '@bailiwick/protocol'

/** No work for a key takes longer, unless it was cut off. */
const longestMs = 60_000

interface Entry<T> {
  readonly flight: SingleFlight<T>
  readonly since: number
}

/**
 * A `SingleFlight` per key: concurrent calls for the same key share one execution. Work that was cut off, and is not asked for
 * again, is dropped after a minute.
 */
export class FlightsByKey<T> {
  readonly #now: () => number
  readonly #entries = new Map<string, Entry<T>>()

  /** @param now returns milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now
  }

  /** The work in flight for a key. */
  current(key: string): Promise<T> | undefined {
    return this.#entries.get(key)?.flight.current
  }

  /** How many are in flight. */
  get size(): number {
    this.#dropLate()
    return this.#entries.size
  }

  /**
   * The result of the work for a key, which is started unless it is in flight. Everybody who waits gets the same result or
   * error; nothing is cached.
   */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const { flight } = this.#entries.get(key) ?? this.#add(key)
    return flight.run(work, () => this.run(key, work))
  }

  /** Makes the next call start anew; those already waiting are not affected. Without a key, for all keys. */
  abandon(key?: string): void {
    if (key === undefined) this.#entries.clear()
    else this.#entries.delete(key)
  }

  #add(key: string): Entry<T> {
    this.#dropLate()
    const flight = new SingleFlight<T>(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    const entry = { flight, since: this.#now() }
    this.#entries.set(key, entry)
    return entry
  }

  /** The oldest come first. */
  #dropLate(): void {
    const time = this.#now()
    for (const [key, { since }] of this.#entries) {
      if (Math.abs(time - since) < longestMs) return
      this.#entries.delete(key)
    }
  }
}
