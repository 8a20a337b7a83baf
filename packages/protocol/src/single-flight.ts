/** Work under way, and whether it has come to something. */
interface Flight<T> {
  readonly promise: Promise<T>
  hasLanded: boolean
}

/**
 * One piece of work at a time, which all who want it meanwhile wait for. What it comes to is everybody's who waits, a failure too; none
 * is remembered, and the next who asks has it begun again.
 *
 * Some platforms cut work off. Workers end it with the request that began it: its promise never settles for whoever began it, and
 * whoever else waits is told by an error of the platform. That is no failure of the work, which has landed before anybody hears of one:
 * those who wait have it begun again, once for all of them.
 *
 * What is *not* done here: bounding the work in time, giving it up when nobody waits any more, and waiting between two tries. It is not
 * known that work was cut off before somebody waits for it: until then it counts as under way. A piece of work that waits for itself
 * waits for ever.
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

  /** `onLanded` is called each time that the work under way has come to something: not for what was cut off or abandoned. */
  constructor(onLanded: () => void = ignore) {
    this.#onLanded = onLanded
  }

  /** The work under way, as it is: whoever waits for this promise hears of it when the work is cut off. */
  get current(): Promise<T> | undefined {
    return this.#flight?.promise
  }

  /**
   * What the work under way comes to, or else `work`, which is begun at once.
   *
   * @param again what is done instead of `run(work)` by whoever has joined work that was cut off
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

  /** Waits until what is under way is over, whatever it comes to, or was cut off. Never rejects. */
  async settled(): Promise<void> {
    const flight = this.#flight
    await flight?.promise.catch(() => {
      if (!flight.hasLanded) this.#forget(flight)
    })
  }

  /** Has the next who asks begin anew; those who wait already still get what they wait for. */
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
    // The first to listen, and so the first to hear.
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
