import type { ServerClock } from './server-clock.js'

/** By the client, and not in it: what it knows of the server's time is for token sources alone. */
const clocks = new WeakMap<object, ServerClock>()

/** Keeps by which clock a client goes, for as long as there is the client. */
export function keepClock(client: object, clock: ServerClock): void {
  clocks.set(client, clock)
}

/** The clock of a client of `createClient`; `undefined` for another, such as one that was put together from its methods. */
export function clockOf(client: object): ServerClock | undefined {
  return clocks.get(client)
}
