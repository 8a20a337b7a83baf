/** Has several who want the same thing at the same time share one effort to get it. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>()

  /** What is under way for this key. */
  current(key: string): Promise<T> | undefined {
    return this.#flights.get(key)
  }

  /** What the work for this key comes to, started now unless it is under way. A failure is everybody's who waits; none is remembered. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const current = this.current(key)
    if (current !== undefined) return current
    const flight = work()
    this.#flights.set(key, flight)
    const land = () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
    flight.then(land, land)
    return flight
  }

  /** Has the next who asks start anew; those who wait already are not affected. Without a key, for all of them. */
  abandon(key?: string): void {
    if (key === undefined) this.#flights.clear()
    else this.#flights.delete(key)
  }
}
