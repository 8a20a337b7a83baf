/** Work in flight, and whether it has settled. */
interface Flight<T> {
  readonly promise: Promise<T>
  hasLanded: boolean
}

/**
 * Runs one piece of work at a time; callers that come meanwhile share it. All of them get its result, or its error. Neither is
 * kept: the next caller after that starts the work again.
 *
 * Some platforms cut work off. Workers end it together with the request that started it: for that request its promise never settles,
 * and every other caller that awaits it gets an error of the platform. Such an error is told from an error of the work by the order of
 * events: work that fails has settled before any caller hears of it. Callers of work that was cut off start it again, once for all.
 *
 * What is *not* done here: a time limit, cancelling work that nobody waits for, and pauses between attempts. That work was cut off is
 * noticed only when somebody waits for it; until then it counts as in flight. Work that waits for itself never ends.
 *
 * @example
 * import { SingleFlight } from '@bailiwick/protocol'
 *
 * const reading = new SingleFlight<string>()
 * const read = () => reading.run(async () => (await fetch('https://login.example.com/motd')).text())
 * const [one, other] = await Promise.all([read(), read()]) // one request
 */
export class SingleFlight<T> {
  readonly #onLanded: () => void
  #flight: Flight<T> | undefined

  /** @param onLanded called each time that the work in flight settles; not for work that was cut off or abandoned */
  constructor(onLanded: () => void = ignore) {
    this.#onLanded = onLanded
  }

  /** The promise of the work in flight. Whoever awaits it gets the error of the platform if the work is cut off. */
  get current(): Promise<T> | undefined {
    return this.#flight?.promise
  }

  /**
   * Joins the work in flight, or starts `work` at once if there is none.
   *
   * @param again called instead of `run(work)` if the work that was joined is cut off
   */
  run(work: () => Promise<T>, again?: () => Promise<T>): Promise<T> {
    const joined = this.#flight
    if (joined === undefined) return this.#begin(work)
    return joined.promise.catch((error: unknown) => {
      if (joined.hasLanded) throw error
      this.#forget(joined)
      return again === undefined ? this.run(work) : again()
    })
  }

  /** Waits until the work in flight has succeeded, failed or been cut off. Never rejects. */
  async settled(): Promise<void> {
    const flight = this.#flight
    await flight?.promise.catch(() => {
      if (!flight.hasLanded) this.#forget(flight)
    })
  }

  /** Lets the next caller start the work again. Callers that already wait still get the result of the abandoned work. */
  abandon(): void {
    this.#flight = undefined
  }

  #begin(work: () => Promise<T>): Promise<T> {
    const flight = { promise: started(work), hasLanded: false }
    this.#flight = flight
    const land = () => {
      flight.hasLanded = true
      if (this.#forget(flight)) this.#onLanded()
    }
    // The first listener on the promise, so that it runs before those of the callers.
    flight.promise.then(land, land)
    return flight.promise
  }

  #forget(flight: Flight<T>): boolean {
    if (this.#flight !== flight) return false
    this.#flight = undefined
    return true
  }
}

function started<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work()
  } catch (error) {
    return Promise.reject(error)
  }
}

function ignore(): void {}
