import { SingleFlight } from '../src/single-flight.js'
import { cutOffWork } from './cut-off-work.js'

/** A flight whose work is over when the test says so. */
export function setUp(onLanded?: () => void) {
  const flight = new SingleFlight<string>(onLanded)
  const works: { end: (value: string) => void; fail: (error: Error) => void; cutOff: () => void }[] = []
  const begin = () => {
    const { promise, cutOff } = cutOffWork<string>()
    const outcome = new Promise<string>((end, fail) => works.push({ end, fail, cutOff }))
    return { promise, outcome }
  }
  return {
    flight,
    works,
    run: () => flight.run(() => begin().outcome),
    /** Begun by a request that is going to be over. */
    runToBeCutOff: () => flight.run(() => begin().promise),
  }
}

/** Lets what waits go on. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
