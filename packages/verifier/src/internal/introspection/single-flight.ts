/** Has several who want the same thing at the same time share one effort to get it. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>()

  /**
   * What the work for this key comes to, started now unless it is under way. A failure is everybody's who waits, and is not remembered.
   *
   * @param afterwards what is to be done with the result. Nobody waits for that, but whoever comes meanwhile has the result, too. It
   *   must not reject; it is told whether the flight is the one for its key still
   */
  run(key: string, work: () => Promise<T>, afterwards?: (result: T, isCurrent: () => boolean) => Promise<void> | undefined): Promise<T> {
    const current = this.#flights.get(key)
    if (current !== undefined) return current
    const flight = work()
    this.#flights.set(key, flight)
    const isCurrent = () => this.#flights.get(key) === flight
    const land = () => {
      if (isCurrent()) this.#flights.delete(key)
    }
    void flight.then((result) => {
      const rest = afterwards?.(result, isCurrent)
      return rest === undefined ? land() : rest.then(land, land)
    }, land)
    return flight
  }

  /** Has the next who asks start anew; those who wait already are not affected. Without a key, for all of them. */
  abandon(key?: string): void {
    if (key === undefined) this.#flights.clear()
    else this.#flights.delete(key)
  }
}
