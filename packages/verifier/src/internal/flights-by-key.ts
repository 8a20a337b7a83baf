import { SingleFlight } from '@bailiwick/protocol'

/** Nothing that is done for a key takes as long, unless it was cut off. */
const longestMs = 60_000

interface Entry<T> {
  readonly flight: SingleFlight<T>
  readonly since: number
}

/**
 * Has several who want the same thing at the same time share one effort to get it: a `SingleFlight` for each key under which it is wanted.
 * What was cut off, and is not asked for again, is dropped after a minute.
 */
export class FlightsByKey<T> {
  readonly #now: () => number
  readonly #entries = new Map<string, Entry<T>>()

  /** @param now gives milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now
  }

  /** What is under way for this key. */
  current(key: string): Promise<T> | undefined {
    return this.#entries.get(key)?.flight.current
  }

  /** How many there are under way. */
  get size(): number {
    this.#dropLate()
    return this.#entries.size
  }

  /** What the work for this key comes to, started now unless it is under way. A failure is everybody's who waits; none is remembered. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const { flight } = this.#entries.get(key) ?? this.#add(key)
    return flight.run(work, () => this.run(key, work))
  }

  /** Has the next who asks start anew; those who wait already are not affected. Without a key, for all of them. */
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
