/** Has several who want the same thing at the same time share one effort to get it. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>()
  readonly #landed = new WeakSet<Promise<T>>()

  /** What is under way for this key. */
  current(key: string): Promise<T> | undefined {
    return this.#flights.get(key)
  }

  /** How many there are under way. */
  get size(): number {
    return this.#flights.size
  }

  /**
   * What the work for this key comes to, started now unless it is under way. A failure is everybody's who waits; none is remembered.
   *
   * Workers end work with the request that began it: it never settles, and whoever else waits for it is told by an error of the
   * platform. Then it is begun again.
   */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const current = this.current(key)
    if (current !== undefined) {
      return current.catch((error: unknown) => {
        // Work that fails has landed before anybody hears of it.
        if (this.#landed.has(current)) throw error
        if (this.current(key) === current) this.abandon(key)
        return this.run(key, work)
      })
    }
    const flight = work()
    this.#flights.set(key, flight)
    const land = () => {
      this.#landed.add(flight)
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
