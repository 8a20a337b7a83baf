import { SingleFlight } from '@bailiwick/protocol'

/** Has several who want the same thing at the same time share one effort to get it: a `SingleFlight` for each key under which it is wanted. */
export class FlightsByKey<T> {
  readonly #flights = new Map<string, SingleFlight<T>>()

  /** What is under way for this key. */
  current(key: string): Promise<T> | undefined {
    return this.#flights.get(key)?.current
  }

  /** How many there are under way. */
  get size(): number {
    return this.#flights.size
  }

  /** What the work for this key comes to, started now unless it is under way. A failure is everybody's who waits; none is remembered. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#add(key)
    return flight.run(work, () => this.run(key, work))
  }

  /** Has the next who asks start anew; those who wait already are not affected. Without a key, for all of them. */
  abandon(key?: string): void {
    if (key === undefined) this.#flights.clear()
    else this.#flights.delete(key)
  }

  #add(key: string): SingleFlight<T> {
    const flight = new SingleFlight<T>(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    })
    this.#flights.set(key, flight)
    return flight
  }
}
